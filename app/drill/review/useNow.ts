import { useCallback, useEffect, useState } from 'react';

/** Wall time, ms since 1970, to within some seconds; `tick` brings it up to date at once. */
export function useNow(): { nowMs: number; tick: () => number } {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const tick = useCallback(() => {
    const now = Date.now();
    setNowMs(now);
    return now;
  }, []);
  useEffect(() => {
    const timer = setInterval(tick, 15_000);
    const onSeen = () => {
      if (!document.hidden) tick();
    };
    document.addEventListener('visibilitychange', onSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onSeen);
    };
  }, [tick]);
  return { nowMs, tick };
}
