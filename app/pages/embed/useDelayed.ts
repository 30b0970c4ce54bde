import { useEffect, useState } from 'react';

/** A value once it has stood still for a while, so that what is costly does not follow every letter. */
export function useDelayed<T>(value: T, afterMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}
