import { type KeyboardEvent, useMemo, useRef } from 'react';
import type { RunView } from '../../stage/RunView.ts';
import { formatClock, formatDurationUs } from '../../ui/format.ts';
import type { PlayheadSource } from '../PlayheadSource.ts';
import { useOnScreen } from '../useOnScreen.ts';
import { usePlayheadStep } from '../usePlayheadStep.ts';
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
}: ChartsViewProps) {
  const section = useRef<HTMLElement>(null);
  const visible = useOnScreen(section);
  const { widthUs } = run.windows;
  const atUs = usePlayheadStep(playhead, widthUs, visible);
  const runs = useMemo(() => (runB === null ? [run] : [run, runB]), [run, runB]);
  const horizonUs = Math.max(...runs.map((lane) => lane.horizonUs));
  const knownUs = Math.floor(Math.min(untilUs ?? horizonUs, horizonUs) / widthUs) * widthUs;
  const endUs = timeEndUs(Math.max(knownUs, atUs), run.scenario.duration);
  const marks = useMemo(() => actMarks(run).filter((mark) => mark.atUs <= knownUs), [run, knownUs]);
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
        aria-valuetext={formatDurationUs(Math.max(0, atUs))}
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
            theory={theory[id] ?? null}
            titles={titles}
            onSeek={onSeek}
            onPick={onPick}
            pulse={pulse?.chart === id ? pulse.count : 0}
          />
        ))}
      </div>
      {marks.length > 0 && (
        <ul className={styles.marks} aria-label="What was done">
          {marks.slice(-6).map((mark, index) => (
            <li key={`${mark.atUs}${index}`}>
              <button
                type="button"
                className={mark.knob ? styles.knobMark : styles.faultMark}
                onClick={() => onSeek(mark.atUs)}
              >
                {formatClock(mark.atUs, run.scenario.clock)} {mark.label}
              </button>
            </li>
          ))}
        </ul>
      )}
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
