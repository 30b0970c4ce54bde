import { scaleLinear, scaleLog } from 'd3-scale';
import { area, line } from 'd3-shape';
import { memo, useId } from 'react';
import { axisTicks } from './axes.ts';
import styles from './ChartsView.module.css';
import { formatValue } from './differenceText.ts';
import type { ActMark } from './marks.ts';
import type { ChartPoint, ChartSeries, ChartSeriesModel } from './model.ts';

/** Height of the plot, and of the strip below it where the time is written. Pixels. */
const plotHeight = 104;
const stripHeight = 18;
const headRoom = 4;

interface ChartPlotProps {
  model: ChartSeriesModel;
  width: number;
  /** The time axis, from 0. */
  endUs: number;
  endLabel: string;
  marks: readonly ActMark[];
  limit: number | null;
  /** What theory expects once the run has settled; a line of long dashes. */
  theory: number | null;
}

type Y = (value: number) => number;

/** Lines, layers, marks and hairlines of one chart: everything but the cursor. Drawn anew only when the data has changed. */
export const ChartPlot = memo(function ChartPlot({
  model,
  width,
  endUs,
  endLabel,
  marks,
  limit,
  theory,
}: ChartPlotProps) {
  const id = useId();
  const x = (us: number) => (us / endUs) * width;
  const { axis, definition, series, stacked } = model;
  const scale = axis.kind === 'log' ? scaleLog() : scaleLinear();
  scale.domain([axis.from, axis.to]).range([plotHeight, headRoom]).clamp(true);
  const y: Y = (value) => scale(value);
  const ticks = axisTicks(axis, definition.unit);
  return (
    <svg className={styles.svg} width={width} height={plotHeight + stripHeight} aria-hidden="true" focusable="false">
      {stacked && <LayerPatterns id={id} />}
      {ticks.map((tick) => (
        <line key={tick} className={styles.hairline} x1={0} x2={width} y1={y(tick)} y2={y(tick)} />
      ))}
      {stacked ? <Layers id={id} series={series} x={x} y={y} /> : <Lines series={series} x={x} y={y} />}
      {limit !== null && limit <= axis.to && (
        <line className={styles.limit} x1={0} x2={width} y1={y(limit)} y2={y(limit)} />
      )}
      {theory !== null && theory <= axis.to && theory >= axis.from && (
        <line className={styles.theory} x1={0} x2={width} y1={y(theory)} y2={y(theory)} />
      )}
      {marks.map((mark, index) => (
        <g key={index} className={mark.knob ? styles.knob : styles.fault}>
          <line x1={x(mark.atUs)} x2={x(mark.atUs)} y1={0} y2={plotHeight} />
        </g>
      ))}
      {ticks.slice(1).map((tick) => (
        <text key={tick} className={styles.tick} x={2} y={y(tick) + (y(tick) < 16 ? 12 : -3)}>
          {formatValue(definition.unit, tick)}
        </text>
      ))}
      <text className={styles.tick} x={0} y={plotHeight + 14}>
        0
      </text>
      <text className={styles.tick} x={width} y={plotHeight + 14} textAnchor="end">
        {endLabel}
      </text>
    </svg>
  );
});

function Lines({ series, x, y }: { series: ChartSeries[]; x: Y; y: Y }) {
  const path = line<ChartPoint>()
    .defined(({ v }) => Number.isFinite(v))
    .x(({ t }) => x(t))
    .y(({ v }) => y(v));
  const drawn = [...series].reverse();
  return drawn.map(({ id, lane, quiet, points }) => (
    <path key={`${id}${lane}`} className={styles.line} data-lane={lane} data-quiet={quiet} d={path(points) ?? ''} />
  ));
}

function Layers({ id, series, x, y }: { id: string; series: ChartSeries[]; x: Y; y: Y }) {
  const base = new Float64Array(series[0]?.points.length ?? 0);
  return series.map((layer, order) => {
    const bottom = base.slice();
    layer.points.forEach(({ v }, index) => {
      base[index] += v || 0;
    });
    const top = base.slice();
    const shape = area<ChartPoint>()
      .x(({ t }) => x(t))
      .y0((_, index) => y(bottom[index]))
      .y1((_, index) => y(top[index]));
    const outline = line<ChartPoint>()
      .x(({ t }) => x(t))
      .y((_, index) => y(top[index]));
    return (
      <g key={layer.id}>
        <path fill={`url(#${id}${order % 6})`} d={shape(layer.points) ?? ''} />
        <path className={styles.edge} d={outline(layer.points) ?? ''} />
      </g>
    );
  });
}

/** Six fillings of one colour, told apart by their pattern. Also used as swatches in the legend. */
export function LayerPatterns({ id }: { id: string }) {
  const drawings = [
    'M0 0h6v6H0z',
    'M-1 7 7-1M-1 1 1-1M5 7 7 5',
    'M1.5 1.5h1.4v1.4H1.5zM4.5 4.5h1.4v1.4H4.5z',
    'M0 3h6',
    'M3 0v6',
    'M0 3h6M3 0v6',
  ];
  return (
    <defs>
      {drawings.map((drawing, order) => (
        <pattern
          key={drawing}
          id={`${id}${order}`}
          className={styles.pattern}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
        >
          <rect width="6" height="6" className={styles.patternGround} />
          <path d={drawing} data-solid={order === 0 || order === 2} />
        </pattern>
      ))}
    </defs>
  );
}

/** Place of the plot's lower edge from the top of the drawing, for what is laid over it. */
export const chartPlotHeight = plotHeight;
