import { useEffect, useState } from 'react';
import type { SheetLog } from './session/SheetLog.ts';

/** The time of a sheet, ms since it began, looked at anew a few times a second. */
export function useNowMs(log: SheetLog, active = true): number {
  const [nowMs, setNowMs] = useState(() => log.nowMs());
  useEffect(() => {
    const look = () => setNowMs(log.nowMs());
    const first = setTimeout(look, 0);
    const timer = active ? setInterval(look, 500) : undefined;
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [log, active]);
  return nowMs;
}
