import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { useRef } from 'react';
import { formatCount } from '../../../ui/format.ts';
import { useWidth } from '../../../views/useWidth.ts';
import styles from './Curves.module.css';

interface PlotAxis {
  title: string;
  kind: 'linear' | 'log';
  /** The end of the axis; it begins at 0, a logarithmic one at 1. */
  most: number;
}

type Point = readonly [number, number];

interface SmallPlotProps {
  title: string;
  /** One sentence that the picture shows. */
  says: string;
  x: PlotAxis;
  y: PlotAxis;
  points?: readonly Point[];
  /** A straight law laid through the points. */
  law?: readonly number[][];
  /** From, to, height. */
  bars?: readonly (readonly [number, number, number])[];
}

const height = 118;
const foot = 18;

/** One small picture of a trace: a line or bars on two axes that say where they end. */
export function SmallPlot({ title, says, x, y, points = [], law, bars = [] }: SmallPlotProps) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame, 260);
  const across = scaleOf(x, [0, width]);
  const up = scaleOf(y, [height - foot, 14]);
  const draw = line<Point>()
    .x(([px]) => across(Math.max(x.kind === 'log' ? 1 : 0, px)))
    .y(([, py]) => up(Math.max(y.kind === 'log' ? 1 : 0, py)));
  return (
    <figure ref={frame} className={styles.plot}>
      <figcaption>
        <strong>{title}</strong> {says}
      </figcaption>
      <svg width={width} height={height} aria-hidden="true" focusable="false">
        {bars.map(([from, to, value]) => (
          <rect
            key={from}
            x={across(from)}
            width={Math.max(1, Math.min(width, across(to)) - across(from) - 1)}
            y={up(value)}
            height={height - foot - up(value)}
            fill="var(--write-line)"
          />
        ))}
        {points.length > 0 && (
          <path d={draw([...points]) ?? ''} fill="none" stroke="var(--write-line)" strokeWidth={1.5} />
        )}
        {law !== undefined && (
          <path
            d={draw(law.map(([px, py]) => [px, py] as const)) ?? ''}
            fill="none"
            stroke="var(--error-line)"
            strokeWidth={1.25}
            strokeDasharray="5 3"
          />
        )}
        <line x1={0} x2={width} y1={height - foot} y2={height - foot} stroke="var(--edge)" />
        <text x={0} y={10}>
          {formatCount(y.most)} {y.title}
        </text>
        <text x={0} y={height - 4}>
          {x.kind === 'log' ? 1 : 0}
        </text>
        <text x={width} y={height - 4} textAnchor="end">
          {formatCount(x.most)} {x.title}
        </text>
      </svg>
    </figure>
  );
}

function scaleOf({ kind, most }: PlotAxis, range: [number, number]): (value: number) => number {
  const scale = kind === 'log' ? scaleLog() : scaleLinear();
  scale.domain([kind === 'log' ? 1 : 0, Math.max(2, most)]).range(range);
  return (value) => scale(value);
}
