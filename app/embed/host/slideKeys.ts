const slideKeys: ReadonlySet<string> = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'PageUp',
  'PageDown',
  'Escape',
  'f',
  'F',
]);
const typing =
  'input, select, textarea, [contenteditable], [role="textbox"], [role="slider"], [role="radio"], [role="tab"]';
const reachable =
  'a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]:not([contenteditable="false"])';

/** What the keyboard does at the edges of an embed. */
export interface KeyOutlets {
  /** A key that is of no use in here. */
  key: (key: string) => void;
  /** The focus leaves, by Tab, after the last or before the first stop. */
  focusout: (dir: 'next' | 'previous') => void;
}

/** Hands up keys that slides live on, never while somebody types, and says when Tab leaves. Returns how to stop. */
export function watchKeys(page: Document, outlets: KeyOutlets): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === 'Tab') {
      const edge = edgeOf(page, event.shiftKey);
      if (edge) outlets.focusout(event.shiftKey ? 'previous' : 'next');
      return;
    }
    if (event.defaultPrevented || !slideKeys.has(event.key)) return;
    if (event.target instanceof Element && event.target.closest(typing) !== null) return;
    if (page.querySelector('dialog[open]') !== null || scrolls(page, event.key)) return;
    outlets.key(event.key);
  };
  page.addEventListener('keydown', listen);
  return () => page.removeEventListener('keydown', listen);
}

/** Whether the focus stands on the last stop (the first, going back), or there is none. */
function edgeOf(page: Document, back: boolean): boolean {
  const stops = reachableIn(page);
  const edge = back ? stops[0] : stops.at(-1);
  return edge === undefined || page.activeElement === edge;
}

/** Everything that Tab stops at, in order. */
export function reachableIn(page: Document): HTMLElement[] {
  return [...page.querySelectorAll<HTMLElement>(reachable)].filter(
    (element) =>
      element.tabIndex >= 0 &&
      !element.matches(':disabled') &&
      element.closest('[inert], [hidden]') === null &&
      element.getClientRects().length > 0,
  );
}

/** Whether the key would scroll this page, which then has the better claim to it. */
function scrolls(page: Document, key: string): boolean {
  const { scrollTop, scrollHeight, clientHeight } = page.documentElement;
  if (key === 'ArrowDown' || key === 'PageDown') return scrollTop + clientHeight < scrollHeight - 1;
  if (key === 'ArrowUp' || key === 'PageUp') return scrollTop > 0;
  return false;
}
