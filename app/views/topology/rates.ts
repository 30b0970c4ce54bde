import type { RunView } from '../../stage/RunView.ts';

const averagedUs = 1_000_000;

/** A level as it stood at the end of the last window before a moment; 0 before the first. */
export function level(run: Pick<RunView, 'windows'>, id: string, atUs: number): number {
  const { windows } = run;
  // A window that the moment lies in says how it will stand, and is there or not by how far the run is known.
  const window = Math.min(Math.floor(atUs / windows.widthUs), windows.count) - 1;
  const column = windows.column(id);
  return window < 0 || column < 0 ? 0 : windows.at(window, column);
}

/** What a counter counted over the last second of whole windows, and how long that was; nothing where there is no such counter. */
export function lastSecond(run: Pick<RunView, 'windows'>, id: string, atUs: number): { total: number; spanUs: number } {
  const { windows } = run;
  const column = windows.column(id);
  const last = Math.min(Math.floor(atUs / windows.widthUs), windows.count);
  const first = Math.max(0, last - Math.max(1, Math.round(averagedUs / windows.widthUs)));
  let total = 0;
  if (column >= 0) for (let window = first; window < last; window++) total += windows.at(window, column);
  return { total, spanUs: (last - first) * windows.widthUs };
}

/** Mean rate of a counter over that second, a second; not a number before the first window has ended, when nothing is known. */
export function lately(run: Pick<RunView, 'windows'>, id: string, atUs: number): number {
  const { total, spanUs } = lastSecond(run, id, atUs);
  return spanUs === 0 ? Number.NaN : (total * 1e6) / spanUs;
}
