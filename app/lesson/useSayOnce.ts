import { useEffect, useRef } from 'react';
import { announce } from '../ui/announce.ts';

/** Speaks when a text first appears; not again while its numbers run on. */
export function useSayOnce(text: string | undefined): void {
  const said = useRef(false);
  useEffect(() => {
    if (text === undefined || said.current) return;
    said.current = true;
    announce(text);
  }, [text]);
}
