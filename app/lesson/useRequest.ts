import { useState } from 'react';
import type { RunView } from '../stage/RunView.ts';
import type { Stage } from '../stage/Stage.ts';
import { useStageState } from '../stage/useStage.ts';
import { requestTrace } from '../views/requestTrace.ts';
import { latestRequest, pickRequest, type RequestKind } from './pickRequest.ts';

/**
 * The request of a kind in a stage, as its run goes on: the first ones stay once found, until another run takes the stage.
 * A number is that very request. `latest` follows the run from request to request, each to its end.
 */
export function useRequest(stage: Stage, kind: RequestKind | 'latest' | number): number | null {
  const run = useStageState(stage, (state) => state.runs[0]);
  const resets = useStageState(stage, (state) => state.resets);
  useStageState(stage, (state) => state.revision);
  const [found, setFound] = useState<{ spans: unknown; resets: number; request: number | null }>({
    spans: null,
    resets,
    request: null,
  });
  if (typeof kind === 'number') return kind;
  if (run === null || run === undefined) return null;
  const { atUs } = stage.playhead;
  const isSame = found.spans === run.spans && found.resets === resets;
  const before = isSame ? found.request : null;
  const request = kind === 'latest' ? follow(run, before, atUs) : stays(kind, before) ? before : pick(run, kind, atUs);
  if (!isSame || request !== before) setFound({ spans: run.spans, resets, request });
  return request;
}

const stays = (kind: RequestKind, before: number | null) => before !== null && kind !== 'slowest';
const pick = (run: RunView, kind: RequestKind, atUs: number) => pickRequest(run, kind, atUs);

/** Stays with a request until the playhead is past its end (or before its start), then takes the newest. */
function follow(run: RunView, before: number | null, atUs: number): number | null {
  const root = before === null ? undefined : requestTrace(run.spans, before)?.root;
  if (root !== undefined && root.start <= atUs && atUs <= root.end) return before;
  return latestRequest(run, atUs) ?? before;
}
