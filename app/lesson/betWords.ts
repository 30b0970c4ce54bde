/** How far the measurement of a bet has come, every number as text. */
export interface BetStanding {
  bet: string;
  /** What was measured once it was decided. */
  decided?: string;
  /** The same number up to now. */
  soFar?: string;
  /** The clock at both ends of the stretch that decides; where there is none, all up to now does. */
  stretch?: readonly [from: string, to: string];
  /** A control was turned before it was decided. */
  isTurned: boolean;
}

/** A bet beside its measurement, in words: `you said 4 readers, it was 21 readers`. */
export function betWords({ bet, decided, soFar, stretch, isTurned }: BetStanding): string {
  const said = `you said ${bet}`;
  if (decided !== undefined) return `${said}, it was ${decided}`;
  if (isTurned) return `${said}; a control was turned, so this run does not decide it`;
  if (soFar !== undefined) return `${said}; so far ${soFar}`;
  return stretch === undefined ? `${said}; not measured yet` : `${said}; measured from ${stretch[0]} to ${stretch[1]}`;
}
