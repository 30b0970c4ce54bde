import { memo } from 'react';
import styles from './ScrubberMarks.module.css';
import type { ScrubberMark } from './scrubberMarks.ts';

/** The marks of a run laid over a scrubber of the given length; told apart by height and place as well as colour. */
export const ScrubberMarks = memo(function ScrubberMarks({
  marks,
  lengthUs,
}: {
  marks: readonly ScrubberMark[];
  lengthUs: number;
}) {
  const x = (us: number) => (us / lengthUs) * 1000;
  return (
    <svg className={styles.marks} viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      {marks.map((mark) => (
        <rect
          key={`${mark.kind} ${mark.fromUs} ${mark.label}`}
          data-kind={mark.kind}
          x={x(mark.fromUs)}
          width={Math.max(2, x(mark.untilUs) - x(mark.fromUs))}
          {...places[mark.kind]}
        >
          <title>{mark.label}</title>
        </rect>
      ))}
    </svg>
  );
});

const places: Record<ScrubberMark['kind'], { y: number; height: number }> = {
  stale: { y: 16, height: 3 },
  error: { y: 13, height: 3 },
  'turned-away': { y: 11, height: 2 },
  lapse: { y: 6, height: 6 },
  breaker: { y: 3, height: 9 },
  loss: { y: 1, height: 18 },
  knob: { y: 0, height: 5 },
  flush: { y: 4, height: 12 },
  fault: { y: 0, height: 16 },
};
