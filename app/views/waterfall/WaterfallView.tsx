import { scaleLinear } from 'd3-scale';
import { Fragment, useEffect, useRef } from 'react';
import type { RunView } from '../../stage/RunView.ts';
import { Button } from '../../ui/Button.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { formatCount, formatDurationUs, formatShare } from '../../ui/format.ts';
import { MeaningMark } from '../../ui/MeaningMark.tsx';
import { Empty } from '../Empty.tsx';
import type { PlayheadSource } from '../PlayheadSource.ts';
import { ScrollArea } from '../ScrollArea.tsx';
import { useOnScreen } from '../useOnScreen.ts';
import { usePlayheadStep } from '../usePlayheadStep.ts';
import { type WaterfallModel, waterfallModel, type WaterfallRow } from './model.ts';
import styles from './WaterfallView.module.css';

interface WaterfallViewProps {
  run: RunView;
  playhead: PlayheadSource;
  /** The request picked; null when none is. */
  request: number | null;
  /** Picks another request: the one that this one waited for. */
  onSelect?: (request: number) => void;
}

/** Where the time of one request went: a bar for each call, in proportion. */
export function WaterfallView({ run, playhead, request, onSelect }: WaterfallViewProps) {
  const section = useRef<HTMLElement>(null);
  const visible = useOnScreen(section);
  // While a request is under way, its bars grow with what is known.
  usePlayheadStep(playhead, 100_000, visible);
  const model = visible && request !== null ? waterfallModel(run, request) : null;
  return (
    <section ref={section} className={styles.waterfall} aria-label="Where the time went">
      {request === null && <Empty />}
      {request !== null && visible && model === null && (
        <p className={styles.note}>This request is no longer kept. Pick another.</p>
      )}
      {model !== null && <Bars model={model} playhead={playhead} onSelect={onSelect} />}
    </section>
  );
}

interface BarsProps {
  model: WaterfallModel;
  playhead: PlayheadSource;
  onSelect?: (request: number) => void;
}

function Bars({ model, playhead, onSelect }: BarsProps) {
  const { startUs, endUs } = model;
  const spanUs = Math.max(1, endUs - startUs);
  const bars = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = (us: number) => {
      const share = Math.min(1, Math.max(0, (us - startUs) / spanUs));
      bars.current?.style.setProperty('--at', `${(share * 100).toFixed(2)}%`);
    };
    place(playhead.atUs);
    return playhead.subscribe(place);
  }, [playhead, startUs, spanUs]);
  const ticks = scaleLinear().domain([0, spanUs]).ticks(4);
  const left = (us: number) => `${(((us - startUs) / spanUs) * 100).toFixed(3)}%`;
  const others = [...new Set(model.rows.map(({ waits }) => waits?.request ?? 0))].filter((other) => other > 0);
  const firstAside = model.rows.findIndex(({ background }) => background);
  return (
    <>
      <p className={styles.sentence}>{model.sentence}</p>
      {onSelect !== undefined && others.length > 0 && (
        <p className={styles.others}>
          Waited for{' '}
          {others.map((other) => (
            <Button key={other} kind="text" onClick={() => onSelect(other)}>
              request {formatCount(other)}
            </Button>
          ))}
        </p>
      )}
      <div className={styles.bars} ref={bars} aria-hidden="true">
        <div className={styles.axis}>
          {ticks.map((tick) => (
            <span key={tick} style={{ left: left(startUs + tick) }}>
              {tick < 0.83 * spanUs && formatDurationUs(tick)}
            </span>
          ))}
        </div>
        {model.rows.map((row, index) => (
          <Fragment key={row.row.id}>
            {index === firstAside && <div className={styles.aside}>In the background: nobody waited for this</div>}
            <Bar row={row} left={left} spanUs={spanUs} />
          </Fragment>
        ))}
        <div className={styles.veil} />
        <div className={styles.cursor} />
      </div>
      <Totals model={model} />
      <Disclosure summary="Every moment as a table">
        <Moments model={model} />
      </Disclosure>
    </>
  );
}

function Bar({ row, left, spanUs }: { row: WaterfallRow; left: (us: number) => string; spanUs: number }) {
  return (
    <div className={styles.row} style={{ '--depth': Math.min(4, Math.max(0, row.depth - 1)) }}>
      <div className={styles.title}>
        <span>{row.title}</span>
        <span className={styles.outcome}>
          {row.meaning !== null && <MeaningMark is={row.meaning} size={9} />}
          {row.outcome}
        </span>
        <span className={styles.duration}>{formatDurationUs(row.durationUs)}</span>
      </div>
      <div className={styles.track}>
        {row.segments.map((segment) => (
          <span
            key={`${segment.fromUs}${segment.kind}`}
            className={styles.segment}
            data-kind={segment.kind}
            data-abandoned={segment.abandoned}
            style={{
              left: left(segment.fromUs),
              width: `${(((segment.untilUs - segment.fromUs) / spanUs) * 100).toFixed(3)}%`,
            }}
          />
        ))}
        {row.instants.map(({ atUs, text }, index) => (
          <span key={index} className={styles.instant} style={{ left: left(atUs) }} title={text} />
        ))}
      </div>
    </div>
  );
}

function Totals({ model }: { model: WaterfallModel }) {
  return (
    <table className={styles.table}>
      <caption className={styles.hidden}>Where the time went</caption>
      <thead className={styles.hidden}>
        <tr>
          <th scope="col">Spent on</th>
          <th scope="col">Time</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {model.totals.map(({ kind, node, title, us, share }) => (
          <tr key={`${kind}${node}`}>
            <th scope="row">
              <span className={styles.swatch} data-kind={kind} aria-hidden="true" />
              {title}
            </th>
            <td>{formatDurationUs(us)}</td>
            <td>{formatShare(share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Moments({ model }: { model: WaterfallModel }) {
  const cell = (us: number) => (Number.isFinite(us) ? formatDurationUs(us - model.startUs) : '–');
  const heads = ['Call', 'Wanted', 'Sent', 'Arrived', 'Served', 'Done', 'Outcome', ''];
  return (
    <ScrollArea className={styles.scroll} label="Moments of every call">
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head === '' ? <span className={styles.hidden}>How it ended</span> : head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {model.rows.map(({ row, title, outcome, background, instants }) => (
            <Fragment key={row.id}>
              <tr>
                <th scope="row">{background ? `${title} (in the background)` : title}</th>
                {[row.start, row.sent, row.arrive, row.service, row.leave, row.end].map((us, index) => (
                  <td key={index}>{cell(us)}</td>
                ))}
                <td>{outcome}</td>
              </tr>
              {instants.map(({ atUs, text }, index) => (
                <tr key={index}>
                  <th scope="row">{text}</th>
                  <td>{cell(atUs)}</td>
                  <td colSpan={6}>at that moment</td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
