import type { ScoreSheet } from '../../../src/drills.ts';
import { formatNumber, formatShare } from '../../ui/format.ts';
import { ScrollArea } from '../../views/ScrollArea.tsx';
import styles from '../Drill.module.css';
import { useRoom } from '../room.ts';
import { kindTitles } from '../words.ts';

/** The sums of a sheet, apart: what the engine scored, what a person scored, what hints took off; and the floors. */
export function ScoreTable({ score }: { score: ScoreSheet }) {
  const { drill, role } = useRoom();
  const { totals, floors, steps } = score;
  const isOpen = totals.pass === null;
  const verdict = isOpen ? 'Incomplete' : totals.pass ? 'Passed' : 'Not passed';
  const mark = isOpen ? '…' : totals.pass ? '✓' : '✕';
  const kindOf = (id: string) => kindTitles[drill.steps.find((step) => step.id === id)?.kind ?? 'brief'];
  return (
    <section className={styles.sheet} aria-label="Score">
      <p className={styles.verdict} data-pass={totals.pass ?? undefined}>
        <span aria-hidden="true">{mark}</span> {verdict}: <b>{formatNumber(totals.total)}</b> of{' '}
        {formatNumber(totals.max)}
      </p>
      <dl className={styles.sums}>
        <div>
          <dt>Scored by the engine</dt>
          <dd>{formatNumber(totals.auto)}</dd>
        </div>
        <div>
          <dt>{role === 'solo' ? 'Scored by yourself' : 'Scored by a person'}</dt>
          <dd>{formatNumber(totals.human)}</dd>
        </div>
        <div>
          <dt>Taken off for hints</dt>
          <dd>{formatNumber(totals.hints)}</dd>
        </div>
      </dl>
      <ScrollArea className={styles.scroll} label="Points by step">
        <table className={styles.table}>
          <caption className={styles.hidden}>Points by step</caption>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">Engine</th>
              <th scope="col">Person</th>
              <th scope="col">Hints</th>
              <th scope="col">Points</th>
            </tr>
          </thead>
          <tbody>
            {steps
              .filter(({ max }) => max > 0)
              .map((step) => (
                <tr key={step.id}>
                  <th scope="row">{kindOf(step.id)}</th>
                  <td>{formatNumber(step.auto)}</td>
                  <td>{formatNumber(step.human)}</td>
                  <td>{formatNumber(step.hints)}</td>
                  <td>
                    {formatNumber(step.points)} of {formatNumber(step.max)}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </ScrollArea>
      {floors.length > 0 && (
        <ul data-plain="" className={styles.floors} aria-label="Floors">
          {floors.map((floor) => (
            <FloorLine key={floor.name} floor={floor} isOpen={isOpen} title={floorTitle(floor.name, kindOf)} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface FloorLineProps {
  floor: ScoreSheet['floors'][number];
  /** Something is still to be scored: what is not reached yet may still be. */
  isOpen: boolean;
  title: string;
}

function FloorLine({ floor: { name, met, reached, needed }, isOpen, title }: FloorLineProps) {
  const waits = isOpen && !met;
  const found =
    name !== 'rubric'
      ? `${formatShare(reached)}, at least ${formatShare(needed)}`
      : waits
        ? `at least level ${formatNumber(needed)}`
        : `lowest level ${formatNumber(reached)}, at least ${formatNumber(needed)}`;
  return (
    <li data-met={waits ? undefined : met}>
      <span aria-hidden="true">{met ? '✓' : waits ? '…' : '✕'}</span>{' '}
      <b>{met ? 'Reached' : waits ? 'Not reached yet' : 'Not reached'}</b>: {title}, {found}
    </li>
  );
}

function floorTitle(name: string, kindOf: (id: string) => string): string {
  if (name === 'total') return 'all points';
  if (name.startsWith('step ')) return `step “${kindOf(name.slice(5))}”`;
  return 'every line of the rubric';
}
