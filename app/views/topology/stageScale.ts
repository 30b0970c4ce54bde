/** Narrower than this a stage turns its layout; where it would only for being drawn larger it is drawn less large. */
const leastWidth = 640;
/** Lower than this the cards do not fit. */
const leastHeight = 280;

/** How large the page wants its stages drawn, by its token `--stage-scale`. */
export function wantedScale(page: Element): number {
  return Number.parseFloat(getComputedStyle(page).getPropertyValue('--stage-scale')) || 1;
}

/** Room for a stage, and what is drawn into it. */
export interface StageSize {
  /** Of the drawing, before it is scaled. */
  width: number;
  height: number;
  /** By how much the drawing is scaled; 1 for not at all. */
  scale: number;
  /** What it takes on the page. */
  outerHeight: number;
}

/**
 * A drawing of `wanted` times its size in a room as wide as `width`, and as high as `height` where it is fixed; else the room grows
 * with the drawing. Never so large that it would have to be laid out for a smaller screen.
 */
export function stageSize(width: number, height: number, wanted: number, isFixed: boolean): StageSize {
  const most = Math.min(width / leastWidth, isFixed ? height / leastHeight : Number.POSITIVE_INFINITY);
  const scale = Math.min(wanted, Math.max(1, most));
  return {
    width: Math.floor(width / scale),
    height: Math.floor(isFixed ? height / scale : height),
    scale,
    outerHeight: isFixed ? height : Math.floor(height * scale),
  };
}
