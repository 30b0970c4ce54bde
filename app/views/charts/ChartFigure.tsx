import { useEffect, useId, useRef, useState } from 'react';
import type { RunView } from '../../stage/RunView.ts';
import { formatDurationUs } from '../../ui/format.ts';
import { MeaningMark } from '../../ui/MeaningMark.tsx';
import type { PlayheadSource } from '../PlayheadSource.ts';
import { rememberLast } from '../rememberLast.ts';
import { useWidth } from '../useWidth.ts';
import { ChartPlot, chartPlotHeight, LayerPatterns } from './ChartPlot.tsx';
import styles from './ChartsView.module.css';
import { type ChartId, chartDefinitions, type ChartDefinition } from './definitions.ts';
import { formatValue } from './differenceText.ts';
import type { ActMark } from './marks.ts';
import {
  chartDescription,
  type ChartHeadline,
  chartHeadline,
  chartSeries,
  type ChartSeriesModel,
  type ChartTheory,
} from './model.ts';
import { usePlotPress } from './usePlotPress.ts';

interface ChartFigureProps {
  id: ChartId;
  /** Run A, and run B where two are compared. */
  runs: readonly RunView[];
  playhead: PlayheadSource;
  /** The playhead in whole windows, for the words. */
  atUs: number;
  /** Everything drawn lies before this. */
  knownUs: number;
  /** End of the shared time axis. */
  endUs: number;
  /** What was done, as far as it is known. */
  marks: readonly ActMark[];
  theory: ChartTheory | null;
  titles: readonly [string, string];
  /** Grows when this chart is to be pointed at; 0 for never. */
  pulse: number;
  /** A point was clicked. */
  onPick?: (chart: ChartId, us: number) => void;
  onSeek: (us: number) => void;
}

/** One chart: its number in large type, its lines, and the cursor that all charts share. */
export function ChartFigure({
  id,
  runs,
  playhead,
  atUs,
  knownUs,
  endUs,
  marks,
  theory,
  titles,
  pulse,
  onSeek,
  onPick,
}: ChartFigureProps) {
  const definition = chartDefinitions.get(id) as ChartDefinition;
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(plot, 240);
  const [run] = runs;
  const limit = definition.limit?.(run, atUs) ?? null;
  const revisions = runs.map(({ windows }) => windows.revision).join();
  const [remember] = useState(() => rememberLast<ChartSeriesModel>());
  const keys = [definition, ...runs, knownUs, limit?.value, revisions];
  const model = remember(keys, () => chartSeries(definition, runs, knownUs, limit?.value));
  const headline = chartHeadline(definition, runs, atUs, theory);
  const press = usePlotPress(endUs, onSeek, (us) => onPick?.(id, us));
  return (
    <figure className={styles.figure} data-meaning={definition.meaning ?? 'none'} data-chart={id}>
      <Heading definition={definition} headline={headline} titles={titles} />
      {pulse > 0 && <span key={pulse} className={styles.pulse} aria-hidden="true" />}
      <div ref={plot} className={styles.plot} {...press}>
        <ChartPlot
          model={model}
          width={width}
          endUs={endUs}
          endLabel={formatDurationUs(endUs)}
          marks={marks}
          limit={limit?.value ?? null}
          theory={theory?.value ?? null}
        />
        <Cursor playhead={playhead} width={width} endUs={endUs} />
      </div>
      <Legend model={model} />
      <figcaption className={styles.hidden}>{chartDescription(model, headline, atUs)}</figcaption>
    </figure>
  );
}

function Heading({
  definition,
  headline,
  titles,
}: {
  definition: ChartDefinition;
  headline: ChartHeadline;
  titles: readonly [string, string];
}) {
  const { meaning, title } = definition;
  const two = headline.other !== null;
  // Beside one number there is room for it, beside two there is not.
  const note = (
    <span className={styles.note} title={headline.theory?.gap}>
      {headline.theory === null ? headline.note : headline.theory.text}
    </span>
  );
  return (
    <div aria-hidden="true">
      <div className={styles.heading} data-two={two}>
        <span className={styles.title}>{title}</span>
        {two && note}
      </div>
      <div className={styles.number}>
        {meaning !== null && <MeaningMark is={meaning} size={10} />}
        <span>{headline.text}</span>
        {headline.other !== null && (
          <span className={styles.other}>
            <svg width="18" height="6" aria-hidden="true">
              <line className={styles.line} data-lane="1" x1="0" x2="18" y1="3" y2="3" />
            </svg>
            {headline.other}
          </span>
        )}
        {!two && note}
      </div>
      <div className={styles.difference} data-theory={headline.theory !== null}>
        {headline.other === null
          ? gapText(headline)
          : headline.difference === ''
            ? ' '
            : `${titles[1]} ${headline.difference}`}
      </div>
    </div>
  );
}

/** How far the run is from theory; a space keeps the line where there is none. */
function gapText({ theory }: ChartHeadline): string {
  return theory === null || theory.gap === '' ? '\u00a0' : theory.gap;
}

/** The cursor moves with every frame, so it is moved past React. */
function Cursor({ playhead, width, endUs }: { playhead: PlayheadSource; width: number; endUs: number }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = (us: number) => {
      const left = Math.min(width, Math.max(0, (us / endUs) * width));
      if (element.current !== null) element.current.style.transform = `translateX(${left.toFixed(1)}px)`;
    };
    place(playhead.atUs);
    return playhead.subscribe(place);
  }, [playhead, width, endUs]);
  return <div ref={element} className={styles.cursor} style={{ height: chartPlotHeight }} aria-hidden="true" />;
}

function Legend({ model }: { model: ChartSeriesModel }) {
  const id = useId();
  const { series, stacked, definition } = model;
  if (series.length < 2 || series.some(({ lane }) => lane === 1)) return null;
  const last = (index: number) => series[index].points.at(-1)?.v ?? Number.NaN;
  return (
    <ul className={styles.legend} aria-hidden="true">
      {series.map((entry, order) => (
        <li key={entry.id} title={formatValue(definition.unit, last(order))}>
          <svg width="14" height="10">
            {stacked && <LayerPatterns id={`${id}${order}-`} />}
            {stacked ? (
              <rect width="14" height="10" rx="2" fill={`url(#${id}${order}-${order % 6})`} />
            ) : (
              <line className={styles.line} data-quiet={entry.quiet} x1="0" x2="14" y1="5" y2="5" />
            )}
          </svg>
          {entry.title}
        </li>
      ))}
    </ul>
  );
}
