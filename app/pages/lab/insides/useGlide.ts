import { type RefObject, useLayoutEffect, useRef } from 'react';

interface Place {
  x: number;
  y: number;
}

/** Nearer than this, nothing is seen to move, px. */
const unseenPx = 1;

/**
 * Lets everything with a `data-glide` below `root` move from where it was to where it is (FLIP: measured before and after,
 * animated in between), and what is new fade in. Under reduced motion nothing moves and nothing is missed.
 * @param moment changes when the drawing does. @param scene when this changes too, it is another drawing: nothing glides.
 */
export function useGlide(
  root: RefObject<HTMLElement | null>,
  moment: unknown,
  scene: string,
  durationMs: number,
): void {
  const last = useRef<{ scene: string; places: Map<string, Place> }>({ scene: '', places: new Map() });
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return;
    const origin = element.getBoundingClientRect();
    const marked = [...element.querySelectorAll<HTMLElement>('[data-glide]')];
    for (const one of marked) for (const animation of one.getAnimations()) animation.cancel();
    const places = new Map<string, Place>();
    const moves: (() => void)[] = [];
    const calm = durationMs <= 0 || matchMedia('(prefers-reduced-motion: reduce)').matches;
    const same = last.current.scene === scene;
    for (const one of marked) {
      const box = one.getBoundingClientRect();
      const key = one.dataset.glide ?? '';
      const place = { x: box.left - origin.left, y: box.top - origin.top };
      places.set(key, place);
      if (same && !calm) moves.push(() => glide(one, last.current.places.get(key), place, durationMs));
    }
    for (const move of moves) move();
    last.current = { scene, places };
    // The drawing is not read here, but it is what changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [root, moment, scene, durationMs]);
}

function glide(element: HTMLElement, from: Place | undefined, to: Place, duration: number): void {
  const easing = 'cubic-bezier(0.2, 0, 0.1, 1)';
  if (from === undefined) {
    element.animate([{ opacity: 0, scale: '0.7' }, {}], { duration, easing });
    return;
  }
  const [dx, dy] = [from.x - to.x, from.y - to.y];
  if (Math.abs(dx) < unseenPx && Math.abs(dy) < unseenPx) return;
  element.animate([{ translate: `${dx}px ${dy}px` }, { translate: '0 0' }], { duration, easing });
}
