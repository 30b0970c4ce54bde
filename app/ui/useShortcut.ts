import { useEffect, useEffectEvent } from 'react';
import { useSettings } from '../stores/settings.ts';

/**
 * Runs an act at a single key, unless the person has switched such keys off, types somewhere, or holds a modifier.
 * @param key as in `KeyboardEvent.key`; letters in lower case.
 */
export function useShortcut(key: string, act: () => void): void {
  const enabled = useSettings((settings) => settings.shortcuts);
  const onKey = useEffectEvent(act);
  useEffect(() => {
    if (!enabled) return undefined;
    const listener = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key || event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
      if (event.defaultPrevented || isTyping(event.target)) return;
      event.preventDefault();
      onKey();
    };
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, [enabled, key]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('select, textarea, dialog, input:not([type="range"])') !== null;
}
