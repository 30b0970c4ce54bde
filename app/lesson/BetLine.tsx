import { useMemo, useRef } from 'react';
import { metricCatalogue } from '../../src/reading.ts';
import { measure } from '../stage/measured.ts';
import type { RunView } from '../stage/RunView.ts';
import type { Stage } from '../stage/Stage.ts';
import { useWidth } from '../views/useWidth.ts';
import { timeEndUs } from '../views/charts/axes.ts';
import { usePlayheadStep } from '../views/usePlayheadStep.ts';
import { metricTitles } from './betCharts.ts';
import styles from './BetLine.module.css';
import type { Question } from './lessonState.ts';
import { writeQuantity } from './quantities.ts';

const height = 72;
const mostPoints = 120;

interface BetLineProps {
  run: RunView;
  stage: Stage;
  question: Question;
  bet: number;
}

/**
 * A bet on what no chart of its figure draws: that very number, second by second up to the playhead, with the bet as a line
 * of dashes. The stretch that decides is shaded.
 */
export function BetLine({ run, stage, question, bet }: BetLineProps) {
  const { metric, kind = 'number', unit, span } = question;
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(plot, 240);
  const stepUs = bucketUs(run.scenario.duration);
  const count = Math.floor(usePlayheadStep(stage.playhead, stepUs) / stepUs);
  const values = useMemo(() => valuesOf(run, metric, stepUs, count), [run, metric, stepUs, count]);
  const title = useMemo(() => titleOf(run, metric), [run, metric]);
  // The axis of the charts above it.
  const endUs = timeEndUs(run.horizonUs, run.scenario.duration);
  // It grows with the run, and may not have come to the stretch yet.
  const isInSight = span !== undefined && span.fromUs < endUs;
  const top = Math.max(bet, ...values.map((value) => value ?? 0)) * 1.15 || 1;
  const x = (us: number) => (us / endUs) * width;
  const y = (value: number) => height - (value / top) * height;
  const now = values.at(-1);
  const write = (value: number) => writeQuantity(kind, value, unit);
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.heading}>
        <span className={styles.title}>{title}</span>
        <span className={styles.now}>{now === undefined ? '–' : write(now)}</span>
        <span className={styles.bet}>
          <svg width="22" height="6" aria-hidden="true">
            <line className={styles.dashes} x1="0" x2="22" y1="3" y2="3" />
          </svg>
          your bet {write(bet)}
        </span>
      </figcaption>
      <div ref={plot}>
        <svg width={width} height={height} aria-hidden="true" focusable="false" className={styles.svg}>
          {span !== undefined && isInSight && (
            <rect
              className={styles.span}
              x={x(span.fromUs)}
              width={x(Math.min(span.toUs, endUs)) - x(span.fromUs)}
              height={height}
            />
          )}
          <line className={styles.base} x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
          <path className={styles.line} d={pathOf(values, (place) => x((place + 0.5) * stepUs), y)} />
          <line className={styles.dashes} x1={0} x2={width} y1={y(bet)} y2={y(bet)} />
        </svg>
      </div>
      {span !== undefined && (
        <p className={styles.note} data-shown={isInSight}>
          The shaded stretch decides.
        </p>
      )}
    </figure>
  );
}

/** Whole seconds, and so few of them that a line has 120 points at most. */
function bucketUs(durationUs: number): number {
  return Math.max(1, Math.ceil(durationUs / 1e6 / mostPoints)) * 1e6;
}

function valuesOf(run: RunView, metric: string, stepUs: number, count: number): (number | undefined)[] {
  return Array.from({ length: count }, (_, place) =>
    measure(run, metric, { fromUs: place * stepUs, toUs: (place + 1) * stepUs }),
  );
}

function titleOf(run: RunView, metric: string): string {
  return metricTitles[metric] ?? metricCatalogue(run.scenario).find(({ id }) => id === metric)?.meaning ?? metric;
}

/** A line through what is known; where nothing is, it is broken off. */
export function pathOf(
  values: readonly (number | undefined)[],
  x: (place: number) => number,
  y: (value: number) => number,
): string {
  return values
    .map((value, place) => {
      if (value === undefined) return '';
      return `${values[place - 1] === undefined ? 'M' : 'L'}${x(place).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join('');
}
