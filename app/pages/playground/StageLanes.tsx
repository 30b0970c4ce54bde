import { Fragment } from 'react';
import type { Stage } from '../../stage/Stage.ts';
import type { StageState } from '../../stage/StageState.ts';
import { useStageState } from '../../stage/useStage.ts';
import { TopologyView } from '../../views/topology/TopologyView.tsx';
import { laneTitle } from './laneTitle.ts';
import styles from './Playground.module.css';

/** The stage: one lane, or two under one another with the same arrivals and one clock. */
export function StageLanes({ stage, narrow }: { stage: Stage; narrow: boolean }) {
  const state = useStageState(stage, (all) => all);
  const height = state.runs.length > 1 ? (narrow ? 430 : 318) : narrow ? 480 : 500;
  return (
    <div className={styles.stages} data-busy={state.busy}>
      {state.runs.map((run, lane) =>
        run === null ? (
          <div key={laneKey(state, lane)} style={{ height }} aria-busy="true" />
        ) : (
          <Fragment key={laneKey(state, lane)}>
            {narrow && state.runs.length > 1 && <p className={styles.laneTitle}>{laneTitle(state, lane)}</p>}
            <TopologyView
              run={run}
              playhead={stage.playhead}
              speed={state.speed}
              playing={state.playing}
              selected={state.selection?.lane === lane ? state.selection.request : 0}
              onSelect={(request) => {
                stage.pause();
                stage.select({ lane, request });
              }}
              height={height}
              title={state.runs.length > 1 ? laneTitle(state, lane) : undefined}
              revision={state.revision}
            />
          </Fragment>
        ),
      )}
    </div>
  );
}

function laneKey(state: StageState, lane: number): string {
  return `${state.input.id}/${lane}`;
}
