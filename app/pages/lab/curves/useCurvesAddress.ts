import { useCallback, useEffect, useRef, useState } from 'react';
import { goTo } from '../../hashLocation.ts';
import { type CurvesAddress, readAddress } from './address.ts';

/** What an address named, and what of it could not be used. */
interface Opened {
  query: string;
  address: CurvesAddress;
  problems: readonly string[];
}

const page = '#/lab/curves';
const stillMs = 300;

function open(): Opened {
  const query = location.hash.split('?').slice(1).join('?');
  return { query, ...readAddress(query) };
}

/** Opens what the address names, again when another one is entered; `onQuery` keeps the address in step with what is shown. */
export function useCurvesAddress(): { opened: Opened; onQuery: (query: string) => void } {
  const [opened, setOpened] = useState(open);
  const written = useRef(opened.query);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onQuery = useCallback((query: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (!location.hash.startsWith(page)) return;
      written.current = query;
      goTo(`/lab/curves?${query}`, { replace: true });
    }, stillMs);
  }, []);
  useEffect(() => {
    const listener = () => {
      if (!location.hash.startsWith(page)) return;
      const next = open();
      if (next.query === written.current || next.query === '') return;
      clearTimeout(timer.current);
      written.current = next.query;
      setOpened(next);
    };
    addEventListener('hashchange', listener);
    return () => {
      removeEventListener('hashchange', listener);
      clearTimeout(timer.current);
    };
  }, []);
  return { opened, onQuery };
}
