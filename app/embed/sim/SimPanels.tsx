import { useEffect, useState } from 'react';
import { KnobList } from '../../stage/KnobList.tsx';
import { PlayBar } from '../../stage/PlayBar.tsx';
import { Scrubber } from '../../stage/Scrubber.tsx';
import { SpeedControl } from '../../stage/SpeedControl.tsx';
import { runOf, type Stage } from '../../stage/Stage.ts';
import { StageLinks } from '../../stage/StageLinks.tsx';
import { useStageState } from '../../stage/useStage.ts';
import { Button } from '../../ui/Button.tsx';
import { ChartsView } from '../../views/charts/ChartsView.tsx';
import { CodeView } from '../../views/code/CodeView.tsx';
import { SequenceView } from '../../views/sequence/SequenceView.tsx';
import { TopologyView } from '../../views/topology/TopologyView.tsx';
import { WaterfallView } from '../../views/waterfall/WaterfallView.tsx';
import type { EmbedPanel, EmbedParameters } from '../parameters.ts';
import styles from './SimPanels.module.css';

const shownKnobs = 3;
const shownCharts = 2;

/** Everything of a simulation that an embed can show. */
export function SimPanels({ stage, values }: { stage: Stage; values: EmbedParameters }) {
  const problem = useStageState(stage, (state) => state.problem);
  const has = (panel: EmbedPanel) => values.panels.includes(panel) && values.controls !== 'none';
  return (
    <div className={styles.sim}>
      <h1 className={styles.hidden}>{stage.store.getState().input.title}</h1>
      <Lanes stage={stage} fills={values.size === 'fixed'} withBar={values.controls !== 'none'} />
      {problem !== '' && (
        <div role="alert" className={styles.problem}>
          <p>{problem}</p>
          <Button onClick={() => stage.reset()}>Start again</Button>
        </div>
      )}
      {values.controls === 'min' && <PlayBar stage={stage} />}
      {values.controls === 'full' && (
        <Bar stage={stage} locked={values.lock} links={values.links && location.protocol !== 'file:'} />
      )}
      {has('knobs') && <Knobs stage={stage} locked={values.lock} />}
      <Views stage={stage} values={values} />
    </div>
  );
}

function Lanes({ stage, fills, withBar }: { stage: Stage; fills: boolean; withBar: boolean }) {
  const state = useStageState(stage, (all) => all);
  const room = useRoom(fills);
  const narrow = window.innerWidth < 560;
  const least = narrow ? 480 : state.runs.length > 1 ? 300 : 280;
  const wished = narrow
    ? 480
    : fills
      ? Math.min(560, room - (withBar ? (window.innerWidth < 960 ? 98 : 62) : 2)) / state.runs.length
      : 380;
  const height = Math.max(least, Math.floor(wished));
  return state.runs.map((run, lane) =>
    run === null ? (
      <div key={lane} style={{ height }} aria-busy="true" />
    ) : (
      <TopologyView
        key={lane}
        run={run}
        playhead={stage.playhead}
        speed={state.speed}
        playing={state.playing}
        selected={state.selection?.lane === lane ? state.selection.request : 0}
        onSelect={(request) => stage.select({ lane, request })}
        height={height}
        isFixed={fills && !narrow}
        title={
          state.runs.length > 1
            ? (state.scenarios[0].view.compareTitles?.[lane] ?? (lane === 0 ? 'A' : 'B'))
            : undefined
        }
        revision={state.revision}
      />
    ),
  );
}

/** Height of the frame; not looked at where the frame follows us. */
function useRoom(fills: boolean): number {
  const [room, setRoom] = useState(() => window.innerHeight);
  useEffect(() => {
    if (!fills) return undefined;
    const measure = () => setRoom(window.innerHeight);
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [fills]);
  return room;
}

function Bar({ stage, locked, links }: { stage: Stage; locked: boolean; links: boolean }) {
  return (
    <div className={styles.bar}>
      <PlayBar stage={stage} />
      {!locked && (
        <>
          <Scrubber stage={stage} />
          <SpeedControl stage={stage} />
        </>
      )}
      {links && <StageLinks stage={stage} />}
    </div>
  );
}

function Knobs({ stage, locked }: { stage: Stage; locked: boolean }) {
  const knobs = useStageState(stage, (state) => state.scenarios[0]?.view.knobs) ?? [];
  if (knobs.length === 0) return null;
  return (
    <fieldset className={styles.knobs} disabled={locked} inert={locked}>
      <legend className={styles.hidden}>Settings</legend>
      <KnobList stage={stage} paths={knobs.slice(0, shownKnobs)} row />
    </fieldset>
  );
}

function Views({ stage, values }: { stage: Stage; values: EmbedParameters }) {
  const state = useStageState(stage, (all) => all);
  const run = runOf(state, state.selection?.lane ?? 0);
  if (run === null) return null;
  const request = state.selection?.request ?? null;
  const charts = values.charts.length > 0 ? values.charts : run.scenario.view.charts.slice(0, shownCharts);
  const common = { run, playhead: stage.playhead, request };
  const has = (panel: EmbedPanel) => values.panels.includes(panel);
  return (
    <>
      {has('charts') && charts.length > 0 && state.runs[0] !== null && (
        <div className={styles.panel}>
          <ChartsView
            charts={charts}
            run={state.runs[0]}
            runB={state.runs[1] ?? null}
            playhead={stage.playhead}
            onSeek={(us) => stage.seek(us)}
          />
        </div>
      )}
      {has('sequence') && (
        <div className={styles.panel}>
          <SequenceView {...common} />
        </div>
      )}
      {has('waterfall') && (
        <div className={styles.panel}>
          <WaterfallView {...common} onSelect={(next) => stage.select({ lane: 0, request: next })} />
        </div>
      )}
      {has('code') && (
        <div className={styles.panel}>
          <CodeView {...common} />
        </div>
      )}
    </>
  );
}
