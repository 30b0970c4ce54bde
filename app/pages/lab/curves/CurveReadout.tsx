import { formatCount, formatShare } from '../../../ui/format.ts';
import styles from './CurveReadout.module.css';
import type { CurveLine } from './CurvesLab.ts';
import { CurveSwatch } from './CurveSwatch.tsx';

interface CurveReadoutProps {
  lines: readonly CurveLine[];
  titles: ReadonlyMap<string, string>;
  at: number;
}

/** Every policy at the size under the cursor, the best first. */
export function CurveReadout({ lines, titles, at }: CurveReadoutProps) {
  const rows = lines
    .map((line) => ({ line, point: line.points.find(({ sizeEntries }) => sizeEntries === at) }))
    .sort((a, b) => (b.point?.hitRatio ?? -1) - (a.point?.hitRatio ?? -1));
  const lru = lines.find(({ policy }) => policy === 'lru')?.points.find(({ sizeEntries }) => sizeEntries === at);
  return (
    <table className={styles.readout}>
      <caption>
        With room for <strong>{formatCount(at)}</strong> {at === 1 ? 'entry' : 'entries'}
      </caption>
      <thead>
        <tr>
          <th scope="col">Policy</th>
          <th scope="col">Hits</th>
          <th scope="col">Misses, LRU = 1</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ line, point }) => (
          <tr key={line.policy} data-state={line.state}>
            <th scope="row">
              <CurveSwatch policy={line.policy} /> {titles.get(line.policy) ?? line.policy}
            </th>
            {point === undefined ? (
              <td colSpan={2} className={styles.none} title={line.reason}>
                {stateText(line)}
              </td>
            ) : (
              <>
                <td>
                  {formatShare(point.hitRatio)}
                  {point.error > 0 && <span className={styles.error}> ± {formatShare(point.error)}</span>}
                </td>
                <td>{lru === undefined || lru.hitRatio >= 1 ? '–' : ratioText(point.hitRatio, lru.hitRatio)}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function stateText({ state, reason }: CurveLine): string {
  if (state === 'refused') return reason;
  if (state === 'done') return reason === '' ? 'not at this size' : reason;
  return state === 'running' ? 'at work' : 'waits';
}

function ratioText(hitRatio: number, lruRatio: number): string {
  return ((1 - hitRatio) / (1 - lruRatio)).toFixed(2);
}
