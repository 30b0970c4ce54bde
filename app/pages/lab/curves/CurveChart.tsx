import { line } from 'd3-shape';
import { type PointerEvent, type RefObject, useRef } from 'react';
import type { SizeScale } from '../../../../src/lab.ts';
import { formatCount, formatShare } from '../../../ui/format.ts';
import sliderStyles from '../../../ui/Slider.module.css';
import { useWidth } from '../../../views/useWidth.ts';
import styles from './CurveChart.module.css';
import { margins, nearestSize, ratioAxis, type SizeAxis, sizeAxis, topOf } from './curveScales.ts';
import type { CurveLine, LinePoint } from './CurvesLab.ts';
import { lineStyle } from './lineStyles.ts';

interface CurveChartProps {
  lines: readonly CurveLine[];
  titles: ReadonlyMap<string, string>;
  distinct: number;
  scale: SizeScale;
  /** Sizes at which the cursor stops, rising. */
  sizes: readonly number[];
  at: number;
  onAt: (size: number) => void;
  svg: RefObject<SVGSVGElement | null>;
}

const positions = 1000;

/** The cursor stands on sizes that are known; keys go from one to the next. */
function afterKey(key: string, index: number, count: number): number | undefined {
  const steps: Record<string, number> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return key in steps ? Math.max(0, Math.min(count - 1, index + steps[key])) : undefined;
}

/** Hit ratio over cache size, a line a policy, with a cursor that follows the pointer and the slider below it. */
export function CurveChart({ lines, titles, distinct, scale, sizes, at, onAt, svg }: CurveChartProps) {
  const frame = useRef<HTMLElement>(null);
  const width = useWidth(frame, 720);
  const height = Math.round(Math.min(440, Math.max(260, width * 0.5)));
  const [left, right] = [margins.left, width - margins.right];
  const [top, bottom] = [margins.top, height - margins.bottom];
  const x = sizeAxis(scale, distinct, left, right);
  const y = ratioAxis(topOf(lines), bottom, top);
  const follow = (event: PointerEvent<SVGSVGElement>) => {
    if (sizes.length === 0 || (event.pointerType !== 'mouse' && event.buttons === 0)) return;
    onAt(nearestSize(sizes, event.clientX - event.currentTarget.getBoundingClientRect().left, x));
  };
  return (
    <figure ref={frame} className={styles.frame} aria-label={`Hit ratio over cache size, ${lines.length} policies`}>
      <svg
        ref={svg}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        className={styles.chart}
        aria-hidden="true"
        focusable="false"
        onPointerMove={follow}
        onPointerDown={follow}
        data-testid="curves"
      >
        {y.ticks().map((tick) => (
          <g key={tick}>
            <line className={styles.hairline} x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
            <text className={styles.tick} x={left - 8} y={y(tick) + 4} textAnchor="end">
              {formatShare(tick)}
            </text>
          </g>
        ))}
        {x.ticks().map((tick) => (
          <g key={tick}>
            <line className={styles.notch} x1={x(tick)} x2={x(tick)} y1={bottom} y2={bottom + 4} />
            <text
              className={styles.tick}
              x={x(tick)}
              y={bottom + 18}
              textAnchor={x(tick) > right - 24 ? 'end' : 'middle'}
            >
              {formatCount(tick)}
            </text>
          </g>
        ))}
        <text className={styles.name} x={right} y={height - 4} textAnchor="end">
          cache size, entries
        </text>
        {sizes.length > 0 && <line className={styles.cursor} x1={x(at)} x2={x(at)} y1={top} y2={bottom} />}
        {lines.map((one) => (
          <Curve key={one.policy} line={one} title={titles.get(one.policy) ?? one.policy} x={x} y={y} at={at} />
        ))}
      </svg>
      {sizes.length > 0 && (
        <input
          type="range"
          className={`${sliderStyles.range} ${styles.slider}`}
          style={{ marginInlineStart: margins.left - 8, inlineSize: right - left + 16 }}
          min={0}
          max={positions}
          step={1}
          value={Math.round((positions * (x(at) - left)) / (right - left))}
          aria-label="Cache size"
          aria-valuetext={`${formatCount(at)} entries`}
          onChange={(event) =>
            onAt(nearestSize(sizes, left + (Number(event.target.value) / positions) * (right - left), x))
          }
          onKeyDown={(event) => {
            const next = afterKey(event.key, sizes.indexOf(at), sizes.length);
            if (next === undefined) return;
            event.preventDefault();
            onAt(sizes[next]);
          }}
        />
      )}
    </figure>
  );
}

interface CurveProps {
  line: CurveLine;
  title: string;
  x: SizeAxis;
  y: (ratio: number) => number;
  at: number;
}

/** One line, its error where it has one, and a dot under the cursor. */
function Curve({ line: { policy, points, fine }, title, x, y, at }: CurveProps) {
  const { colour, dashes, width } = lineStyle(policy);
  const drawn = fine.length > 0 ? fine : points;
  const path = line<LinePoint>()
    .x(({ sizeEntries }) => x(sizeEntries))
    .y(({ hitRatio }) => y(hitRatio));
  const here = points.find(({ sizeEntries }) => sizeEntries === at);
  return (
    <g data-policy={policy}>
      <title>{title}</title>
      {points
        .filter(({ error }) => error > 0)
        .map(({ sizeEntries, hitRatio, error }) => (
          <line
            key={sizeEntries}
            x1={x(sizeEntries)}
            x2={x(sizeEntries)}
            y1={y(Math.max(0, hitRatio - error))}
            y2={y(hitRatio + error)}
            stroke={`var(${colour})`}
            strokeOpacity={0.5}
          />
        ))}
      <path
        d={path([...drawn]) ?? ''}
        fill="none"
        stroke={`var(${colour})`}
        strokeWidth={width}
        strokeDasharray={dashes}
        strokeLinejoin="round"
      />
      {here !== undefined && (
        <circle
          cx={x(at)}
          cy={y(here.hitRatio)}
          r={3.5}
          fill={`var(${colour})`}
          stroke="var(--card)"
          strokeWidth={1.5}
        />
      )}
    </g>
  );
}
