import { useEffect, useState } from 'react';
import type { AttemptOutcome, CheckOutcome, DrillCheck, InterveneStep } from '../../src/drills.ts';
import { prefersCalm } from '../stage/useStage.ts';
import styles from './Drill.module.css';
import { useRoom } from './room.ts';
import { sayObserved } from './sayObserved.ts';
import { sayPoints } from './words.ts';

interface CheckListProps {
  step: InterveneStep;
  outcome: AttemptOutcome;
  /** Secret checks are shown as well. */
  secrets: boolean;
  /** They come one after the other, the first failure first. */
  oneByOne?: boolean;
}

const titles = { pass: 'Holds', fail: 'Fails', nodata: 'No data', error: 'Cannot be read' } as const;
const marks = { pass: '✓', fail: '✕', nodata: '–', error: '!' } as const;
const gapMs = 450;

/** What came of an attempt, check by check: what was asked, what was seen, and when. */
export function CheckList({ step, outcome, secrets, oneByOne = false }: CheckListProps) {
  const lines = inOrder(step, outcome, secrets);
  const hidden = step.checks.length - lines.length;
  const shown = useOneByOne(lines.length, oneByOne);
  return (
    <ol data-plain="" className={styles.checks}>
      {lines.slice(0, shown).map(({ check, found }) => (
        <CheckLine key={check.id} check={check} found={found} />
      ))}
      {shown >= lines.length && !secrets && hidden > 0 && (
        <li className={styles.quiet}>
          {hidden === 1 ? 'One more check is' : `${hidden} more checks are`} kept back until the score sheet.
        </li>
      )}
    </ol>
  );
}

function CheckLine({ check, found }: { check: DrillCheck; found: CheckOutcome }) {
  const { drill } = useRoom();
  const observed = sayObserved(found, drill.scenario.clock);
  return (
    <li className={styles.check} data-status={found.status}>
      <p className={styles.checkHead}>
        <span className={styles.checkMark} aria-hidden="true">
          {marks[found.status]}
        </span>
        <b>{titles[found.status]}</b>
        <code>{check.text}</code>
        <span className={styles.quiet}>
          {check.gate
            ? 'must hold, or the step has no points'
            : found.status === 'pass'
              ? `+${sayPoints(check.points)}`
              : `0 of ${sayPoints(check.points)}`}
          {check.secret && ', was kept back'}
        </span>
      </p>
      <p>{found.message}</p>
      {/* What holds says its figure already. */}
      {observed !== '' && found.status !== 'pass' && <p className={styles.quiet}>{observed}</p>}
    </li>
  );
}

/** The first failure first, the others as the script has them. */
function inOrder(step: InterveneStep, outcome: AttemptOutcome, secrets: boolean) {
  const lines = step.checks.flatMap((check) => {
    const found = outcome.checks.find(({ id }) => id === check.id);
    return found === undefined || (check.secret && !secrets) ? [] : [{ check, found }];
  });
  const first = lines.findIndex(({ found }) => found.status !== 'pass');
  return first <= 0 ? lines : [lines[first], ...lines.slice(0, first), ...lines.slice(first + 1)];
}

function useOneByOne(count: number, active: boolean): number {
  const [shown, setShown] = useState(active && !prefersCalm() ? 1 : count);
  useEffect(() => {
    if (shown >= count) return undefined;
    const timer = setTimeout(() => setShown(shown + 1), gapMs);
    return () => clearTimeout(timer);
  }, [shown, count]);
  return Math.min(shown, count);
}
