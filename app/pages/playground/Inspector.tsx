import type { Stage } from '../../stage/Stage.ts';

/** One request, in full. */
export function Inspector({ stage: _stage }: { stage: Stage }) {
  return <p>Pick a request: click a mark.</p>;
}
