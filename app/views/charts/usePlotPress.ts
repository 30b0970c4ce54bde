import { type PointerEvent, useRef } from 'react';

/** Further than this is a drag, px. */
const slopPx = 5;

type Press = PointerEvent<HTMLDivElement>;

/**
 * Pressing and dragging on a plot whose width is the time from 0 to `endUs`. With mouse and pen the moment follows at once; a
 * finger that only scrolls the page over the plot moves nothing, so it counts once it goes sideways or is lifted again.
 * @param onPick a press without a drag is over.
 */
export function usePlotPress(endUs: number, onSeek: (us: number) => void, onPick: (us: number) => void) {
  const pressed = useRef<{ x: number; isMoved: boolean } | null>(null);
  const seekTo = (event: Press) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    const us = Math.round(share * endUs);
    onSeek(us);
    return us;
  };
  return {
    onPointerDown: (event: Press) => {
      if (event.button !== 0) return;
      pressed.current = { x: event.clientX, isMoved: false };
      if (event.pointerType === 'touch') return;
      event.currentTarget.setPointerCapture(event.pointerId);
      seekTo(event);
    },
    onPointerMove: (event: Press) => {
      const press = pressed.current;
      if (press === null) return;
      press.isMoved ||= Math.abs(event.clientX - press.x) >= slopPx;
      if (press.isMoved || event.pointerType !== 'touch') seekTo(event);
    },
    onPointerUp: (event: Press) => {
      const press = pressed.current;
      pressed.current = null;
      if (press?.isMoved === false) onPick(seekTo(event));
    },
    onPointerCancel: () => {
      pressed.current = null;
    },
  };
}
