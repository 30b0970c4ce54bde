type FrameListener = (elapsedMs: number) => void;

const listeners = new Set<FrameListener>();
let handle = 0;
let lastMs = 0;

function frame(nowMs: number): void {
  // After a pause of the page (hidden tab, sleep) time does not jump.
  const elapsedMs = Math.min(100, nowMs - lastMs);
  lastMs = nowMs;
  for (const listener of listeners) listener(elapsedMs);
  handle = listeners.size > 0 ? requestAnimationFrame(frame) : 0;
}

/** Calls back once a frame while the page is visible: the only owner of the animation frame. Returns how to stop. */
export function onFrame(listener: FrameListener): () => void {
  listeners.add(listener);
  if (handle === 0) {
    lastMs = performance.now();
    handle = requestAnimationFrame(frame);
  }
  return () => listeners.delete(listener);
}
