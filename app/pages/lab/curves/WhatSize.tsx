import { useState } from 'react';
import { ratioAt, whatMoreBuys } from '../../../../src/lab.ts';
import { countOf, formatBytes, formatShare } from '../../../ui/format.ts';
import { Select } from '../../../ui/Select.tsx';
import { Slider } from '../../../ui/Slider.tsx';
import styles from './Curves.module.css';
import type { CurveLine } from './CurvesLab.ts';

interface WhatSizeProps {
  lines: readonly CurveLine[];
  titles: ReadonlyMap<string, string>;
  at: number;
  onAt: (size: number) => void;
}

const gigabyte = 1_073_741_824;

/** What size is worth: the knee of a curve, and what one more gigabyte buys at the size under the cursor. */
export function WhatSize({ lines, titles, at, onAt }: WhatSizeProps) {
  const [wanted, setWanted] = useState('lru');
  const [bytes, setBytes] = useState(1024);
  const line = lines.find(({ policy }) => policy === wanted) ?? lines[0];
  if (line === undefined) return null;
  const curve = line.fine.length > 0 ? line.fine : line.points;
  const more = curve.length === 0 ? null : whatMoreBuys(curve, at, bytes, gigabyte);
  const { knee } = line;
  const title = titles.get(line.policy) ?? line.policy;
  return (
    <section className={styles.block} aria-labelledby="what-size">
      <h2 id="what-size">What size is worth</h2>
      <div className={styles.fields}>
        <Select
          label="Policy"
          value={line.policy}
          options={lines.map(({ policy }) => ({ value: policy, label: titles.get(policy) ?? policy }))}
          onChange={setWanted}
        />
        <Slider
          label="Bytes an entry, overhead included"
          value={bytes}
          scale={{ min: 64, max: 1_048_576, kind: 'log', step: 1 }}
          format={formatBytes}
          onChange={setBytes}
        />
      </div>
      {knee === null ? (
        <p>
          {line.state === 'done'
            ? `The curve of ${title} has no knee: each entry buys about as much as the one before, or more.`
            : 'Its curve is not there yet.'}
        </p>
      ) : (
        <p>
          The knee of {title} is at{' '}
          <button type="button" className={styles.inWords} onClick={() => onAt(knee.sizeEntries)}>
            {countOf(knee.sizeEntries, 'entry', 'entries')}
          </button>{' '}
          ({formatBytes(knee.sizeEntries * bytes)}): {formatShare(knee.hitRatio)} of requests hit there, and beyond it
          every further entry buys less than the average one.
        </p>
      )}
      {more !== null && (
        <p>
          At {countOf(at, 'entry', 'entries')} ({formatBytes(at * bytes)}) {formatShare(ratioAt(curve, at))} hit. One
          more gigabyte holds {countOf(more.entries, 'entry', 'entries')} and brings it to{' '}
          {formatShare(more.hitRatioAfter)}:{' '}
          {more.missesLeft >= 0.9995
            ? 'it buys nothing.'
            : `the misses shrink to ${formatShare(more.missesLeft)} of what they were.`}
          {more.beyondCurve && more.missesLeft < 0.9995 && ' By then every key fits.'}
        </p>
      )}
    </section>
  );
}
