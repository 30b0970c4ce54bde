import { useEffect, useEffectEvent } from 'react';
import { useSettings } from '../../../stores/settings.ts';

/**
 * Single keys for the whole page, unless the person has switched them off, types somewhere, or holds a modifier. Unlike
 * `useShortcut` one listener for many keys, and a key that is held down repeats.
 * @param onKey does what the key asks for; false leaves the key to the browser
 */
export function useStepKeys(onKey: (key: string) => boolean): void {
  const enabled = useSettings((settings) => settings.shortcuts);
  const act = useEffectEvent(onKey);
  useEffect(() => {
    if (!enabled) return undefined;
    const listener = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      if (isTaken(event.target, event.key)) return;
      if (act(event.key.length === 1 ? event.key.toLowerCase() : event.key)) event.preventDefault();
    };
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, [enabled]);
}

/** Typing goes where one types; space and Enter press what has the focus; radio buttons move by arrow keys. */
function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('input, select, textarea, dialog, [contenteditable], [popover]')) return true;
  return (key === ' ' || key === 'Enter') && target.closest('button, a, summary') !== null;
}
