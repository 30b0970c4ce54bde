import { area } from 'd3-shape';
import { scaleLinear } from 'd3-scale';
import { useRef } from 'react';
import { formatCount } from '../../../ui/format.ts';
import { useWidth } from '../../../views/useWidth.ts';
import styles from './Curves.module.css';

interface GapCourseProps {
  course: { at: number[]; gap: number[] };
  /** The stretch that is meant, in requests. */
  from: number;
  to: number;
  names: readonly string[];
}

const height = 92;

/** By how many hits the one is ahead of the other, over the whole trace. */
export function GapCourse({ course: { at, gap }, from, to, names }: GapCourseProps) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame, 640);
  const x = scaleLinear()
    .domain([0, at.at(-1) ?? 1])
    .range([0, width]);
  const [least, most] = [Math.min(0, ...gap), Math.max(0, ...gap)];
  const y = scaleLinear()
    .domain([least, most === least ? least + 1 : most])
    .range([height - 4, 4]);
  const shape = area<number>()
    .x((_, index) => x(at[index]))
    .y0(y(0))
    .y1((value) => y(value));
  const ahead = (gap.at(-1) ?? 0) >= 0 ? 0 : 1;
  return (
    <figure ref={frame} className={styles.course}>
      <svg width={width} height={height} aria-hidden="true" focusable="false">
        <path d={shape(gap) ?? ''} fill="var(--accent-wash)" stroke="var(--accent)" strokeWidth={1.5} />
        <line x1={0} x2={width} y1={y(0)} y2={y(0)} stroke="var(--edge)" />
        <rect
          x={x(from) - 2}
          y={0}
          width={Math.max(4, x(to) - x(from))}
          height={height}
          fill="var(--miss)"
          fillOpacity={0.45}
        />
      </svg>
      <figcaption>
        Hits that {names[ahead]} is ahead of {names[1 - ahead]}, over the trace; at the end{' '}
        {formatCount(Math.abs(gap.at(-1) ?? 0))}. The band is the stretch meant above.
      </figcaption>
    </figure>
  );
}
