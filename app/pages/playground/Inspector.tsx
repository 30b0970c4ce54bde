import { runOf } from '../../stage/Stage.ts';
import type { Stage } from '../../stage/Stage.ts';
import { useStageState } from '../../stage/useStage.ts';
import { CompareView } from '../../views/compare/CompareView.tsx';
import { findRequest, searchFromUs } from '../../views/request/findRequest.ts';
import { RequestPanel } from '../../views/request/RequestPanel.tsx';
import { jumpTo } from './stepping.ts';
import { StalenessView } from '../../views/staleness/StalenessView.tsx';
import { TheoryPanel } from './TheoryPanel.tsx';

/** One request in full, what the caches hold, what theory expects, and, with two lanes, how they differ. */
export function Inspector({ stage }: { stage: Stage }) {
  const state = useStageState(stage, (all) => all);
  const { selection } = state;
  const run = runOf(state, selection?.lane ?? 0);
  const [a, b] = state.runs;
  if (run === null) return null;
  const picked = selection === null ? undefined : run.spans.request(selection.request)[0];
  const staleness = (
    <StalenessView
      run={run}
      playhead={stage.playhead}
      picked={picked?.table.key[picked.index]}
      onSelect={(request, us) => {
        stage.pause();
        stage.select({ lane: selection?.lane ?? 0, request });
        stage.seek(us);
      }}
    />
  );
  const more = [
    { value: 'staleness', title: 'Staleness', content: staleness },
    { value: 'theory', title: 'Theory', content: <TheoryPanel stage={stage} /> },
  ];
  if (a !== null && b !== null && b !== undefined) {
    const compare = (
      <CompareView
        a={a}
        b={b}
        playhead={stage.playhead}
        onJump={(difference) => {
          stage.pause();
          stage.select({ lane: selection?.lane ?? 0, request: difference.request });
          stage.seek(difference.atUs);
        }}
      />
    );
    more.unshift({ value: 'compare', title: 'Compare', content: compare });
  }
  return (
    <RequestPanel
      run={run}
      playhead={stage.playhead}
      selection={selection}
      onSelect={(next) => {
        stage.pause();
        stage.select(next);
      }}
      onSeek={(us) => stage.seek(us)}
      onExpire={(key, node) => stage.perform({ do: 'expire', key, node })}
      onFind={(kind) =>
        void jumpTo(
          stage,
          (current, afterUs) => {
            const found = findRequest(current, kind, searchFromUs(current, selection?.request ?? null, afterUs));
            return found === null ? null : { ...found, text: `Request ${found.request}` };
          },
          kind === 'slow' ? 'slow read' : kind,
        )
      }
      tab={state.tab}
      onTab={(tab) => stage.showTab(tab)}
      more={more}
    />
  );
}
