import { type RefObject, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { chartIds } from '../../src/index.ts';
import { actionsOf, type Drill, type DrillCommand, type DrillRun, scenarioOfAttempt } from '../../src/drills.ts';
import { readActions } from '../../src/reading.ts';
import type { Stage, StageOptions } from '../stage/Stage.ts';
import { useStage, useStageState } from '../stage/useStage.ts';
import { Button } from '../ui/Button.tsx';
import { formatClock } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import type { ChartId } from '../views/charts/ChartDefinition.ts';
import { ChartsView } from '../views/charts/ChartsView.tsx';
import { TopologyView } from '../views/topology/TopologyView.tsx';
import { usePlayheadStep } from '../views/usePlayheadStep.ts';
import { useWidth } from '../views/useWidth.ts';
import { SpeedControl } from '../stage/SpeedControl.tsx';
import styles from './Drill.module.css';
import { FigureList } from './FigureList.tsx';
import { messageOf } from './messageOf.ts';
import { useSheet } from './room.ts';
import type { RunTime, SheetEvent } from './session/SheetAct.ts';
import { sayTime } from './words.ts';

interface DrillStageProps {
  drill: Drill;
  seed: number;
  run: DrillRun;
  /** What was set for this run. */
  commands: readonly DrillCommand[];
  /** Which run of the sheet it is; `n` 0 is one that is only watched. */
  step: string;
  n: number;
  /** What comes in while it goes: settings that are turned, and what other windows let in. */
  injected?: readonly SheetEvent[];
  /** Where it begins, µs, for a run that was under way when the page was left. */
  fromUs?: number;
  /** Given what says at which moment something done now takes hold. */
  now?: RefObject<(() => number) | null>;
  /** Runs by itself from the beginning. */
  goes: boolean;
  /** Called when its end has been reached, once. */
  onEnd?: () => void;
  /** Tells where it stands, a few times a second. */
  onTime?: (time: RunTime) => void;
  /** The run of another window: this one follows it. */
  follow?: RunTime | null;
  /** Where the charts go if not under the system. */
  chartsAt?: HTMLElement | null;
}

const tellEveryMs = 250;

/** How far ahead of the playhead a change takes hold, in real milliseconds: the engine is asked that far ahead already. */
const aheadMs = 120;

const isFromStart = (command: DrillCommand): boolean => 'set' in command && command.us === 0;

/** The system of a drill as it runs, with the charts and figures that the step shows. */
export function DrillStage(props: DrillStageProps) {
  const { drill, seed, run, commands, goes } = props;
  const follows = props.follow !== undefined;
  const [again, setAgain] = useState(0);
  const [startUs] = useState(props.fromUs ?? 0);
  const options = useMemo((): StageOptions | { problem: string } => {
    try {
      const settings = commands.filter(isFromStart);
      const { scenario, actions } = scenarioOfAttempt(drill, settings, seed);
      const until = { ...scenario, duration: Math.min(run.toUs, scenario.duration) };
      const playing = goes && !follows;
      return {
        input: drill.base,
        scenario: until,
        actions,
        compare: null,
        atUs: again === 0 && startUs > 0 ? Math.min(startUs, until.duration - 1) : scenario.view.at,
        playing,
        speed: run.speed,
      };
    } catch (error) {
      return { problem: messageOf(error) };
    }
    // What is set at the beginning makes the run; what is let in later is scheduled upon it.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [drill, seed, run, JSON.stringify(commands.filter(isFromStart)), goes, follows, again]);
  const stage = useStage('problem' in options ? null : options);
  if ('problem' in options) return <p role="alert">{options.problem}</p>;
  if (stage === null)
    return (
      <output className={styles.stageWaits} aria-busy="true">
        The simulation is being loaded.
      </output>
    );
  return <RunningStage key={stageKey(stage)} stage={stage} onAgain={() => setAgain((count) => count + 1)} {...props} />;
}

const keys = new WeakMap<Stage, number>();
let lastKey = 0;
function stageKey(stage: Stage): number {
  const known = keys.get(stage) ?? ++lastKey;
  keys.set(stage, known);
  return known;
}

function RunningStage(props: DrillStageProps & { stage: Stage; onAgain: () => void }) {
  const { stage, onAgain, run: shown, goes, onEnd, follow, chartsAt } = props;
  const frame = useRef<HTMLElement>(null);
  const height = useWidth(frame, 680) < 560 ? 480 : 340;
  const state = useStageState(stage, (all) => all);
  const [run] = state.runs;
  // Charts show nothing that the playhead has not reached: what is to be guessed must not stand there.
  const shownUs = usePlayheadStep(stage.playhead, 250_000);
  useInjected(props);
  const noteSeen = useNow(props);
  useEnd(stage, shown.toUs, onEnd);
  useTellTime(props);
  useFollow(stage, follow);
  usePauseWithDrill(stage);
  const charts = shown.show.filter((name): name is ChartId => (chartIds as readonly string[]).includes(name));
  const figures = shown.show.filter((name) => !(chartIds as readonly string[]).includes(name));
  const chartsView = charts.length > 0 && run !== null && run !== undefined && (
    <div className={styles.charts}>
      <ChartsView
        charts={charts}
        run={run}
        playhead={stage.playhead}
        untilUs={shownUs}
        onSeek={(us) => {
          if (follow !== undefined) return;
          noteSeen();
          stage.pause();
          stage.seek(Math.min(us, stage.playhead.atUs));
        }}
      />
    </div>
  );
  return (
    <figure ref={frame} className={styles.stage} aria-label="The system">
      {run === null || run === undefined ? (
        <p className={styles.stageStarts} style={{ height }} aria-busy="true">
          The run is being worked out.
        </p>
      ) : (
        <TopologyView
          run={run}
          playhead={stage.playhead}
          speed={state.speed}
          playing={state.playing}
          selected={state.selection?.request ?? 0}
          onSelect={(request) => stage.select({ lane: 0, request })}
          height={height}
          revision={state.revision}
        />
      )}
      {state.problem !== '' && (
        <p role="alert" className={styles.notice}>
          {state.problem}
        </p>
      )}
      {follow === undefined && goes && <StageBar stage={stage} toUs={shown.toUs} onAgain={onAgain} />}
      {follow !== undefined && <FollowBar stage={stage} />}
      {figures.length > 0 && <FigureList stage={stage} names={figures} />}
      {chartsAt === null || chartsAt === undefined ? chartsView : createPortal(chartsView, chartsAt)}
    </figure>
  );
}

function StageBar({ stage, toUs, onAgain }: { stage: Stage; toUs: number; onAgain: () => void }) {
  const playing = useStageState(stage, (state) => state.playing);
  const ended = useStageState(stage, (state) => state.ended);
  const clock = useStageState(stage, (state) => state.scenarios[0]?.clock);
  const atUs = usePlayheadStep(stage.playhead, 100_000);
  if (ended)
    return (
      <div className={styles.stageBar}>
        <IconButton icon="reset" label="Watch it again" onClick={onAgain} />
        <span className={styles.stageClock}>{formatClock(atUs, clock)}</span>
      </div>
    );
  return (
    <div className={styles.stageBar}>
      <IconButton
        kind="round"
        icon={playing ? 'pause' : 'play'}
        label={playing ? 'Pause the run' : 'Run'}
        onClick={() => stage.toggle()}
      />
      <span className={styles.stageClock}>{formatClock(atUs, clock)}</span>
      <SpeedControl stage={stage} />
      <Button
        onClick={() => {
          stage.seek(toUs - 1);
          stage.play();
        }}
      >
        Skip to {sayTime(toUs, clock)}
      </Button>
    </div>
  );
}

function FollowBar({ stage }: { stage: Stage }) {
  const clock = useStageState(stage, (state) => state.scenarios[0]?.clock);
  const playing = useStageState(stage, (state) => state.playing);
  const atUs = usePlayheadStep(stage.playhead, 100_000);
  return (
    <div className={styles.stageBar}>
      <span className={styles.stageClock}>{formatClock(atUs, clock)}</span>
      <span className={styles.quiet}>
        {playing ? 'Runs with the candidate’s window.' : 'Stands still, as in the candidate’s window.'}
      </span>
    </div>
  );
}

/** A drill that is paused stops its run; what it does when it goes on is the person's to say. */
function usePauseWithDrill(stage: Stage): void {
  const { paused } = useSheet().times;
  useEffect(() => {
    if (paused && stage.store.getState().playing) stage.pause();
  }, [paused, stage]);
}

/** Calls back when the run has come to its end. */
function useEnd(stage: Stage, toUs: number, onEnd?: () => void): void {
  const ended = useStageState(stage, (state) => state.ended);
  const said = useRef(false);
  useEffect(() => {
    if (!ended || said.current || stage.playhead.atUs < toUs - 2) return;
    said.current = true;
    onEnd?.();
  }, [ended, stage, toUs, onEnd]);
}

/** Performs what other windows let in, each once, at its own virtual time. */
function useInjected({ stage, injected = [] }: DrillStageProps & { stage: Stage }): void {
  const done = useRef(new Set<string>());
  useEffect(() => {
    const { scenarios } = stage.store.getState();
    for (const { from, n, act } of injected) {
      const id = `${from}/${n}`;
      if ((act.do !== 'inject' && act.do !== 'turn') || done.current.has(id)) continue;
      done.current.add(id);
      const read = readActions(
        act.do === 'turn' ? actionsOf({ us: act.atUs, set: act.set }) : [act.action],
        scenarios[0],
      );
      if ('actions' in read) for (const action of read.actions) stage.schedule(action);
    }
  }, [stage, injected]);
}

/**
 * Says when something that is done now takes hold: at the playhead, or just ahead of it while it goes, and never before what
 * has been seen already, for nobody can change what they know. Whoever looks back is taken to that moment.
 * Returns what has to be called before somebody looks back.
 */
function useNow({ stage, now }: DrillStageProps & { stage: Stage }): () => void {
  const seenUs = useRef(0);
  useImperativeHandle(
    now,
    () => () => {
      const { playing, speed } = stage.store.getState();
      if (stage.playhead.atUs < seenUs.current) stage.seek(seenUs.current);
      const shownUs = Math.max(seenUs.current, stage.playhead.atUs);
      return Math.max(1, Math.ceil(shownUs + (playing ? aheadMs * 1000 * speed : 0)));
    },
    [stage],
  );
  return () => {
    seenUs.current = Math.max(seenUs.current, stage.playhead.atUs);
  };
}

function useTellTime({ stage, onTime, step, n }: DrillStageProps & { stage: Stage }): void {
  useEffect(() => {
    if (onTime === undefined) return undefined;
    const tell = () => {
      const { speed, playing } = stage.store.getState();
      onTime({ step, n, atUs: Math.round(stage.playhead.atUs), speed, playing });
    };
    tell();
    const timer = setInterval(tell, tellEveryMs);
    return () => {
      clearInterval(timer);
      // A run that was skipped is at its end now: whoever follows has to know.
      tell();
    };
  }, [stage, onTime, step, n]);
}

/** Goes where another window's run is: the same run, so only its moment has to travel. */
function useFollow(stage: Stage, follow: RunTime | null | undefined): void {
  // Where it is worked out anew, it goes there once that is done.
  const busy = useStageState(stage, (state) => state.busy);
  useEffect(() => {
    if (follow === null || follow === undefined || busy) return;
    const state = stage.store.getState();
    if (state.speed !== follow.speed) stage.setSpeed(follow.speed);
    const apartUs = Math.abs(stage.playhead.atUs - follow.atUs);
    if (apartUs > 600_000 * Math.max(0.2, follow.speed) || (!follow.playing && apartUs > 1000)) stage.seek(follow.atUs);
    if (follow.playing && !state.playing && !state.ended) stage.play();
    if (!follow.playing && state.playing) stage.pause();
  }, [stage, follow, busy]);
}
