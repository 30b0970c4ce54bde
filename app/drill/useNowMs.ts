import { useEffect, useState } from 'react';
import type { SheetLog } from './session/SheetLog.ts';

/** The time of a sheet, ms since it began, looked at anew a few times a second. */
export function useNowMs(log: SheetLog, active = true): number {
  const [nowMs, setNowMs] = useState(() => log.nowMs());
  useEffect(() => {
    setNowMs(log.nowMs());
    if (!active) return undefined;
    const timer = setInterval(() => setNowMs(log.nowMs()), 500);
    return () => clearInterval(timer);
  }, [log, active]);
  return nowMs;
}
