import { type KeyboardEvent, useMemo, useRef } from 'react';
import type { RunView } from '../../stage/RunView.ts';
import { formatClock } from '../../ui/format.ts';
import type { PlayheadSource } from '../PlayheadSource.ts';
import { useOnScreen } from '../useOnScreen.ts';
import { usePlayheadStep } from '../usePlayheadStep.ts';
import { ActMarks } from './ActMarks.tsx';
import { timeEndUs } from './axes.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { ChartTables } from './ChartTables.tsx';
import styles from './ChartsView.module.css';
import type { ChartId } from './definitions.ts';
import { actMarks } from './marks.ts';
import type { ChartTheory } from './model.ts';

interface ChartsViewProps {
  charts: readonly ChartId[];
  run: RunView;
  /** A second run on the same time axis, drawn dashed. */
  runB?: RunView | null;
  playhead: PlayheadSource;
  /** The chart to point at, once for each new count. */
  pulse?: { chart: ChartId; count: number } | null;
  /** A point of a chart was clicked, after `onSeek`. */
  onPick?: (chart: ChartId, us: number) => void;
  onSeek: (us: number) => void;
  /** What theory expects of a chart, by its id. */
  theory?: Partial<Record<ChartId, ChartTheory | null>>;
  /** Names of the two runs. */
  titles?: readonly [string, string];
  /** Nothing at or after this is drawn; everything known unless given. */
  untilUs?: number;
  /** What the region is called, where a page has several. */
  label?: string;
  /** The moment of the cursor is said under the charts, where no clock stands beside them. */
  saysMoment?: boolean;
}

/** The charts in a row, on one time axis with one cursor. Click or drag to seek; arrow keys go window by window. */
export function ChartsView({
  charts,
  run,
  runB = null,
  playhead,
  onSeek,
  onPick,
  pulse = null,
  theory = {},
  titles = ['A', 'B'],
  untilUs,
  label = 'Charts',
  saysMoment = false,
}: ChartsViewProps) {
  const section = useRef<HTMLElement>(null);
  const visible = useOnScreen(section);
  const { widthUs } = run.windows;
  const atUs = usePlayheadStep(playhead, widthUs, visible);
  const runs = useMemo(() => (runB === null ? [run] : [run, runB]), [run, runB]);
  const horizonUs = Math.max(...runs.map((lane) => lane.horizonUs));
  const knownUs = Math.floor(Math.min(untilUs ?? horizonUs, horizonUs) / widthUs) * widthUs;
  const endUs = timeEndUs(Math.max(knownUs, atUs), run.scenario.duration);
  const acts = useMemo(() => actMarks(run), [run]);
  const marks = useMemo(() => acts.filter((mark) => mark.atUs <= knownUs), [acts, knownUs]);
  const { clock } = run.scenario;
  return (
    <section ref={section} className={styles.charts} aria-label={label}>
      <input
        type="range"
        className={styles.slider}
        aria-label="Time, for all charts"
        min={0}
        max={endUs}
        step={widthUs}
        value={Math.max(0, Math.min(endUs, atUs))}
        aria-valuetext={formatClock(Math.max(0, atUs), clock)}
        onChange={(event) => onSeek(event.currentTarget.valueAsNumber)}
        onKeyDown={(event) => {
          const next = keySeek(event, atUs, widthUs, knownUs);
          if (next === null) return;
          event.preventDefault();
          event.stopPropagation();
          onSeek(next);
        }}
      />
      <div className={styles.row}>
        {charts.map((id) => (
          <ChartFigure
            key={id}
            id={id}
            runs={runs}
            playhead={playhead}
            atUs={atUs}
            knownUs={knownUs}
            endUs={endUs}
            marks={marks}
            theory={theory[id] ?? null}
            titles={titles}
            onSeek={onSeek}
            onPick={onPick}
            pulse={pulse?.chart === id ? pulse.count : 0}
          />
        ))}
      </div>
      <ActMarks
        marks={marks}
        playhead={playhead}
        active={visible}
        endUs={endUs}
        clock={clock}
        saysMoment={saysMoment}
        onSeek={onSeek}
      />
      <ChartTables charts={charts} runs={runs} knownUs={knownUs} />
    </section>
  );
}

/** Where a key leads: by windows with the arrows, by ten with the page keys, to the ends with Home and End. */
function keySeek(event: KeyboardEvent, atUs: number, widthUs: number, knownUs: number): number | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -10,
    PageUp: 10,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  const step = steps[event.key];
  if (step === undefined) return null;
  return Math.min(knownUs, Math.max(0, atUs + step * widthUs));
}
