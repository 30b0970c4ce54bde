import { useMemo, useRef } from 'react';
import type { RunView } from '../../stage/RunView.ts';
import { Button } from '../../ui/Button.tsx';
import { formatCount, formatDurationUs } from '../../ui/format.ts';
import type { PlayheadSource } from '../PlayheadSource.ts';
import { useOnScreen } from '../useOnScreen.ts';
import { usePlayheadStep } from '../usePlayheadStep.ts';
import styles from './CompareView.module.css';
import { comparedMetrics, type Difference, firstDifference, sharedUs } from './model.ts';

interface CompareViewProps {
  a: RunView;
  b: RunView;
  titles?: readonly [string, string];
  playhead: PlayheadSource;
  /** Goes to the first request that went differently. */
  onJump?: (difference: Difference) => void;
}

/** Two runs in numbers, and where they begin to differ. */
export function CompareView({ a, b, titles = ['A', 'B'], playhead, onJump }: CompareViewProps) {
  const section = useRef<HTMLElement>(null);
  const visible = useOnScreen(section);
  usePlayheadStep(playhead, a.windows.widthUs * 4, visible);
  const rows = useMemo(
    () => (visible ? comparedMetrics(a, b) : []),
    // The windows grow in place; their revisions are what changes.
    [visible, a, b, a.windows.revision, b.windows.revision],
  );
  const difference = useFirstDifference(a, b, visible);
  return (
    <section ref={section} className={styles.compare} aria-label="The two runs compared">
      <table className={styles.table}>
        <caption>{`The first ${formatDurationUs(sharedUs(a, b))} of both, on the same arrivals`}</caption>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">{titles[0]}</th>
            <th scope="col">{titles[1]}</th>
            <th scope="col">{`${titles[1]} is`}</th>
            <th scope="col">Ratio</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.title}</th>
              <td>{row.texts[0]}</td>
              <td>{row.texts[1]}</td>
              <td>{row.difference}</td>
              <td>{row.ratioText}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {difference === null ? (
        <p className={styles.first}>So far every request went the same way in both.</p>
      ) : (
        <p className={styles.first}>
          {`The worlds part at request ${formatCount(difference.request)}: ${titles[0]} ${difference.texts[0]}; ${titles[1]} ${difference.texts[1]}. `}
          {onJump !== undefined && <Button onClick={() => onJump(difference)}>Go there</Button>}
        </p>
      )}
    </section>
  );
}

/** Looked for until found; what differs first does not change afterwards, unless a run is another one. */
function useFirstDifference(a: RunView, b: RunView, visible: boolean): Difference | null {
  const found = useRef<{ a: object; b: object; difference: Difference } | null>(null);
  if (found.current?.a !== a.spans || found.current.b !== b.spans) found.current = null;
  return useMemo(
    () => {
      if (found.current !== null) return found.current.difference;
      const difference = visible ? firstDifference(a, b) : null;
      // An earlier request may still be under way a moment after a later one has ended differently.
      if (difference !== null && sharedUs(a, b) > difference.atUs + 2_000_000)
        found.current = { a: a.spans, b: b.spans, difference };
      return difference;
    },
    // The rows grow in place; their revisions are what changes.
    [a, b, visible, a.spans.revision, b.spans.revision],
  );
}
