const unitUs: Readonly<Record<string, number>> = { us: 1, ms: 1000, s: 1_000_000, m: 60_000_000, h: 3_600_000_000 };
const dayUs = 86_400_000_000;

/**
 * A moment of a run in µs: a number is that already, `12.5s` counts from the start, `10:59:00` is read off the run's clock.
 * @param clock the wall time at virtual zero, `HH:MM:SS`. @returns undefined where it cannot be read.
 */
export function virtualUs(moment: string | number, clock: string | undefined): number | undefined {
  if (typeof moment === 'number') return Number.isFinite(moment) && moment >= 0 ? Math.round(moment) : undefined;
  const span = /^(\d+(?:\.\d+)?)(us|ms|s|m|h)$/.exec(moment);
  if (span !== null) return Math.round(Number(span[1]) * unitUs[span[2]]);
  const wall = clockUs(moment);
  const zero = clockUs(clock ?? '00:00:00');
  return wall === undefined || zero === undefined ? undefined : (wall - zero + dayUs) % dayUs;
}

function clockUs(text: string): number | undefined {
  const match = /^(\d\d):(\d\d):(\d\d(?:\.\d+)?)$/.exec(text);
  if (match === null) return undefined;
  return Math.round((Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])) * 1e6);
}
