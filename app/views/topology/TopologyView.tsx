import { lazy, type PointerEvent, Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { RunView } from '../../stage/RunView.ts';
import type { PlayheadSource } from '../PlayheadSource.ts';
import { useOnScreen } from '../useOnScreen.ts';
import { useWidth } from '../useWidth.ts';
import { lanePath, layoutStage } from './layout.ts';
import type { StageFacts } from './model.ts';
import { announce } from '../../ui/announce.ts';
import { NodeCard } from './NodeCard.tsx';
import { asideKindsAt, hasMemory } from './asideKinds.ts';
import { fetchAside, StageDrawing } from './StageDrawing.ts';
import { stageSize, wantedScale } from './stageScale.ts';
import styles from './TopologyView.module.css';

interface TopologyViewProps {
  run: RunView;
  playhead: PlayheadSource;
  /** Virtual seconds a real second. */
  speed: number;
  playing: boolean;
  /** Request that is picked; 0 for none. */
  selected: number;
  onSelect: (request: number) => void;
  /** In CSS pixels where nothing is drawn larger than it is; with `isFixed` whatever the size of the drawing. */
  height: number;
  isFixed?: boolean;
  /** Words for the lane, where there are two. */
  title?: string;
  /** Grows when the run has new data. */
  revision: number;
}

const SideFacts = lazy(() => fetchAside().then((module) => ({ default: module.SideFacts })));
const calmStepMs = 400;

/** The tiers with their insides, and the requests on their way between them. Click a mark to pick its request. */
export function TopologyView(props: TopologyViewProps) {
  const { run, playhead, playing, selected, onSelect, height, isFixed = false, title, revision } = props;
  const frame = useRef<HTMLElement>(null);
  const movers = useRef<HTMLCanvasElement>(null);
  const insides = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<StageDrawing | null>(null);
  const width = useWidth(frame, 680);
  const visible = useOnScreen(frame);
  const look = useLook();
  const size = stageSize(width, height, look.scale, isFixed);
  const { scale } = size;
  const layout = useLayout(run, size.width, size.height);
  const [facts, setFacts] = useState<(StageFacts & { oneIn: number }) | null>(null);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });

  useLayoutEffect(() => {
    if (frame.current === null || movers.current === null || insides.current === null) return;
    drawing.current ??= new StageDrawing(frame.current, movers.current, insides.current, () => {
      drawing.current?.draw(latest.current.playhead.atUs, latest.current.speed, latest.current.selected, true);
      setFacts(drawing.current?.facts ?? null);
    });
    drawing.current.prepare(run, layout, scale);
    drawing.current.draw(playhead.atUs, latest.current.speed, latest.current.selected, true);
    setFacts(drawing.current.facts);
    // The theme is read from the page's tokens.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [run, layout, look, scale, playhead]);

  useEffect(() => {
    if (!visible) return undefined;
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    let drawnMs = 0;
    return playhead.subscribe((atUs) => {
      const nowMs = performance.now();
      // Without motion the picture changes in steps: the same information, nothing that glides.
      if (calm && latest.current.playing && nowMs - drawnMs < calmStepMs) return;
      drawnMs = nowMs;
      drawing.current?.draw(atUs, latest.current.speed, latest.current.selected, !latest.current.playing);
      // New ones are there whenever the insides of cards were drawn anew: so words and cells agree.
      setFacts(drawing.current?.facts ?? null);
    });
  }, [playhead, visible]);

  // What stands still is drawn and said anew: words and insides of cards may be a moment old while it plays.
  useEffect(() => {
    if (playing) return;
    drawing.current?.draw(playhead.atUs, latest.current.speed, selected, true);
    setFacts(drawing.current?.facts ?? null);
    // The run's rows grow in place: the revision says when.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [playing, revision, selected, playhead]);

  useEffect(() => {
    if (!latest.current.playing) announce(drawing.current?.facts?.sentence ?? '');
    // As above; a pause by itself is not worth so many words.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [revision, selected, playhead]);

  const pick = (event: PointerEvent) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    const request =
      drawing.current?.pick(
        (event.clientX - bounds.left) / scale,
        (event.clientY - bounds.top) / scale,
        (event.pointerType === 'mouse' ? 16 : 26) / scale,
      ) ?? 0;
    if (request > 0) onSelect(request);
  };

  const drawn = { width: layout.width, height: layout.height };
  return (
    <>
      <figure
        ref={frame}
        className={styles.stage}
        style={{ height: size.outerHeight }}
        aria-label={title ?? 'The system'}
        onPointerDown={pick}
        data-testid="stage"
      >
        <div className={styles.drawn} style={{ ...drawn, transform: scale === 1 ? undefined : `scale(${scale})` }}>
          <svg className={styles.lanes} width={layout.width} height={layout.height} aria-hidden="true">
            {[...layout.lanes].map(([key, lane]) =>
              layout.undrawn.has(key) ? null : <path key={key} d={lanePath(lane)} />,
            )}
          </svg>
          {run.meta.nodes.map((node, index) => {
            const box = layout.boxes[index];
            return box === null ? null : (
              <NodeCard
                key={node.id}
                box={box}
                parts={layout.servers[index]}
                node={node}
                facts={facts?.cards[index] ?? null}
                vertical={layout.vertical}
              />
            );
          })}
          <canvas ref={insides} className={styles.canvas} style={drawn} aria-hidden="true" />
          <canvas ref={movers} className={styles.canvas} style={drawn} aria-hidden="true" />
          {title !== undefined && !layout.vertical && <p className={styles.title}>{title}</p>}
          {facts !== null && facts.oneIn > 1 && (
            <p className={styles.sampled}>
              1 in {facts.oneIn} drawn, <span>all counted</span>
            </p>
          )}
        </div>
        <figcaption className={styles.spoken}>{facts?.sentence}</figcaption>
      </figure>
      <Aside run={run} facts={facts} atUs={playhead.atUs} />
    </>
  );
}

/** What goes on beside the requests; the room for it while its code is on its way. */
function Aside({ run, facts, atUs }: { run: RunView; facts: StageFacts | null; atUs: number }) {
  const coming = <div className={styles.asideComing} aria-busy="true" />;
  if (facts !== null && facts.aside.length > 0) {
    return (
      <Suspense fallback={coming}>
        <SideFacts facts={facts.aside} />
      </Suspense>
    );
  }
  return asideKindsAt(run, atUs).length > 0 ? coming : null;
}

function useLayout(run: RunView, width: number, height: number) {
  const { nodes } = run.meta;
  const memory = hasMemory(run);
  return useMemo(() => layoutStage(nodes, width, height, memory), [nodes, width, height, memory]);
}

/** How large the theme in force wants a stage; another object whenever the theme is set, so that canvases are painted anew. */
function useLook(): { scale: number } {
  const [look, setLook] = useState(readLook);
  useEffect(() => {
    const observer = new MutationObserver(() => setLook(readLook()));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, []);
  return look;
}

function readLook() {
  return { scale: wantedScale(document.documentElement) };
}
