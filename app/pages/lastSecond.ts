import type { WindowStore } from '../../src/index.ts';

/** What happened in the second before a moment. */
export interface LastSecond {
  /** Mean time of the reads that were answered, µs; undefined when there were none. */
  latencyUs: number | undefined;
  databaseReadsPerSecond: number;
  /** Requests that were refused, given up or failed. */
  lostPerSecond: number;
}

const lost = ['requests.timed-out', 'requests.rejected', 'requests.failed'];

/** Sums up the second before `atUs`, in whole windows; undefined during the first second. */
export function lastSecondOf(windows: WindowStore, atUs: number): LastSecond | undefined {
  const untilUs = Math.floor(atUs / windows.widthUs) * windows.widthUs;
  const fromUs = untilUs - Math.max(1, Math.round(1e6 / windows.widthUs)) * windows.widthUs;
  if (fromUs < 0) return undefined;
  const seconds = (untilUs - fromUs) / 1e6;
  const total = (id: string) => {
    const column = windows.column(id);
    return column < 0 ? 0 : windows.over(column, fromUs, untilUs);
  };
  const answered = total('reads.completed');
  return {
    latencyUs: answered === 0 ? undefined : total('read.latency') / answered,
    databaseReadsPerSecond: total('database.reads') / seconds,
    lostPerSecond: lost.reduce((sum, id) => sum + total(id), 0) / seconds,
  };
}
