const calmQuery = /prefers-reduced-motion:\s*reduce/;

/**
 * Makes the whole embed behave as if the system had asked for less motion: for `motion=reduce`. Styles follow
 * `data-motion` on the root; code that asks the media query gets the same answer.
 */
export function calmMotion(frame: Window & typeof globalThis): void {
  frame.document.documentElement.dataset.motion = 'reduce';
  const ask = frame.matchMedia.bind(frame);
  frame.matchMedia = (query) => ask(calmQuery.test(query) ? 'all' : query);
}
