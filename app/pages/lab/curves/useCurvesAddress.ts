import { useEffect } from 'react';
import { goTo } from '../../hashLocation.ts';
import { writeAddress } from './address.ts';
import type { CurvesState } from './CurvesLab.ts';

/** Keeps the address in step with what is shown, so that it can be shared. */
export function useCurvesAddress({ generated, policies, scale, sampleRate, at }: CurvesState): void {
  const query = writeAddress({ generated, policies, scale, sampleRate, at });
  useEffect(() => {
    const timer = setTimeout(() => {
      if (location.hash.startsWith('#/lab/curves')) goTo(`/lab/curves?${query}`, { replace: true });
    }, 300);
    return () => clearTimeout(timer);
  }, [query]);
}
