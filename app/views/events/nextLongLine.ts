import type { RunView } from '../../stage/RunView.ts';

/**
 * The first moment after `afterUs` at which more than `over` wait in a node's line, having been at most that many before.
 * Windows say where to look, rows say when; where rows were thinned away it is the window's beginning. Null when there
 * is none among what is known.
 * @param node id of a node with a line, like `database`.
 */
export function nextLongLine(run: RunView, node: string, over: number, afterUs: number): number | null {
  const { windows, spans } = run;
  const longest = windows.column(`node.queue.max{node=${node}}`);
  const nodeIndex = run.meta.nodes.findIndex(({ id }) => id === node);
  if (longest < 0 || nodeIndex < 0) return null;
  for (let window = Math.max(0, Math.floor(afterUs / windows.widthUs)); window < windows.count; window++) {
    if (windows.at(window, longest) <= over) continue;
    const fromUs = window * windows.widthUs;
    if (fromUs < spans.thinnedBeforeUs) {
      const before = window === 0 ? 0 : windows.at(window - 1, longest);
      if (fromUs > afterUs && before <= over) return fromUs;
      continue;
    }
    const crossing = crossingWithin(run, nodeIndex, over, fromUs, fromUs + windows.widthUs, afterUs);
    if (crossing !== null) return crossing;
  }
  return null;
}

/** Counts the line through one window by its rows: +1 when a call begins to wait, −1 when it stops. */
function crossingWithin(
  run: RunView,
  node: number,
  over: number,
  fromUs: number,
  untilUs: number,
  afterUs: number,
): number | null {
  const changes: { atUs: number; by: number }[] = [];
  let waiting = 0;
  const { closed, open } = run.spans;
  const look = (table: typeof closed, index: number) => {
    if (table.node[index] !== node) return;
    const arrive = table.arrive[index];
    const leaves = Math.min(table.service[index], table.leave[index]);
    if (arrive >= untilUs || leaves <= fromUs || leaves === arrive) return;
    if (arrive < fromUs) waiting++;
    else changes.push({ atUs: arrive, by: 1 });
    if (leaves < untilUs) changes.push({ atUs: leaves, by: -1 });
  };
  for (let index = run.spans.firstClosing(fromUs); index < closed.length; index++) look(closed, index);
  for (let index = 0; index < open.length; index++) look(open, index);
  changes.sort((a, b) => a.atUs - b.atUs || a.by - b.by);
  for (const { atUs, by } of changes) {
    waiting += by;
    if (by > 0 && waiting === over + 1 && atUs > afterUs) return atUs;
  }
  return null;
}
