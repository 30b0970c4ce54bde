import { useRef, useState } from 'react';
import type { RunView } from '../../stage/RunView.ts';
import { Button } from '../../ui/Button.tsx';
import { formatCount, formatDurationUs } from '../../ui/format.ts';
import type { PlayheadSource } from '../PlayheadSource.ts';
import { ScrollArea } from '../ScrollArea.tsx';
import { rememberLast } from '../rememberLast.ts';
import { useOnScreen } from '../useOnScreen.ts';
import { usePlayheadStep } from '../usePlayheadStep.ts';
import styles from './CompareView.module.css';
import { type Difference, FirstDifference } from './FirstDifference.ts';
import { type ComparedMetric, comparedMetrics, sharedUs } from './model.ts';

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
  const [rememberRows] = useState(() => rememberLast<ComparedMetric[]>());
  const [rememberSearch] = useState(() => rememberLast<FirstDifference>());
  const search = rememberSearch([a.spans, b.spans], () => new FirstDifference(a.spans, b.spans));
  const keys = [visible, a.spans, b.spans, a.windows.revision, b.windows.revision];
  const rows = rememberRows(keys, () => (visible ? comparedMetrics(a, b) : []));
  const difference = visible ? search.search(a, b) : null;
  return (
    <section ref={section} className={styles.compare} aria-label="The two runs compared">
      {difference === null ? (
        <p className={styles.first}>So far every request went the same way in both.</p>
      ) : (
        <p className={styles.first}>
          {`The worlds part at request ${formatCount(difference.request)}: ${titles[0]} ${difference.texts[0]}; ${titles[1]} ${difference.texts[1]}. `}
          {onJump !== undefined && <Button onClick={() => onJump(difference)}>Go there</Button>}
        </p>
      )}
      <ScrollArea label="Metrics of both runs" className={styles.scroll}>
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
      </ScrollArea>
    </section>
  );
}
