import type { RunView, Selection } from '../../stage/RunView.ts';
import type { Stage } from '../../stage/Stage.ts';
import { runOf } from '../../stage/Stage.ts';
import { announce } from '../../ui/announce.ts';
import { nextStep, previousStep } from '../../views/events/nextEvent.ts';

const searchStepUs = 10_000_000;
const searchAtMostUs = 180_000_000;

/** Something found in a run: when, and whose. */
interface Found {
  atUs: number;
  request: number;
  text: string;
}

/** To the next moment of the request that is picked; the run is worked out a little further where that lies ahead. */
export async function stepForward(stage: Stage): Promise<void> {
  await step(stage, 1);
}

/** To the moment before. */
export async function stepBack(stage: Stage): Promise<void> {
  await step(stage, -1);
}

async function step(stage: Stage, direction: 1 | -1): Promise<void> {
  const { selection } = stage.store.getState();
  if (selection === null) {
    announce('Pick a request first: click a mark, or find the next slow one.');
    return;
  }
  stage.pause();
  const find = (run: RunView) => (direction > 0 ? nextStep : previousStep)(run, selection.request, stage.playhead.atUs);
  const run = runOf(stage.store.getState(), selection.lane);
  let atUs = run === null ? null : find(run);
  if (atUs === null && direction > 0) {
    await stage.whenKnown(stage.playhead.atUs + searchStepUs);
    const later = runOf(stage.store.getState(), selection.lane);
    atUs = later === null ? null : find(later);
  }
  if (atUs === null)
    announce(direction > 0 ? 'That was the last moment of this request.' : 'That was its first moment.');
  else stage.seek(atUs);
}

/** Goes to what `find` finds after the playhead, working the run out as far ahead as three minutes. */
export async function jumpTo(
  stage: Stage,
  find: (run: RunView, afterUs: number) => Found | null,
  what: string,
): Promise<void> {
  stage.pause();
  const fromUs = stage.playhead.atUs;
  const lane = stage.store.getState().selection?.lane ?? 0;
  for (let untilUs = fromUs; untilUs <= fromUs + searchAtMostUs; untilUs += searchStepUs) {
    await stage.whenKnown(untilUs);
    const run = runOf(stage.store.getState(), lane);
    const found = run === null ? null : find(run, fromUs);
    if (found === null) continue;
    arrive(stage, { lane, request: found.request }, found);
    return;
  }
  announce(`No ${what} in the next three minutes of the run.`);
}

function arrive(stage: Stage, selection: Selection, found: Found): void {
  if (found.request > 0) stage.select(selection);
  stage.seek(found.atUs);
  announce(found.text);
}
