import { useState } from 'react';
import { isDrawn } from './predictions.ts';
import { pickKeys } from './PredictPanel.tsx';
import type { Microscope } from './useMicroscope.ts';

/** The bet that is being made: hit or miss first, then who goes. */
export function useBetting(microscope: Microscope) {
  const { mode, at, ids, traces, bet, answers, names, act } = microscope;
  const [saidAt, setSaidAt] = useState<string>();
  const trace = traces[bet];
  const moment = `${trace?.policy.id} ${at}`;
  const open = mode === 'predict' && trace !== undefined && at < ids.length && !answers.has(at);
  const saidMiss = open && saidAt === moment;

  const answer = (hit: boolean, victim: number | null) => {
    setSaidAt(undefined);
    act({ do: 'answer', answer: { hit, victim } });
  };
  const onSay = (what: 'hit' | 'miss') => {
    if (what === 'hit') answer(true, null);
    else if (isDrawn(trace.policy.id)) answer(false, null);
    else setSaidAt(moment);
  };
  const onPick = (victim: number) => answer(false, victim);
  const onBack = () => setSaidAt(undefined);
  /** True where the key was a bet. */
  const onKey = (key: string): boolean => {
    if (!open) return false;
    if (!saidMiss) {
      if (key === 'h') onSay('hit');
      else if (key === 'm') onSay('miss');
      return key === 'h' || key === 'm';
    }
    const residents = at === 0 ? [] : trace.steps[at - 1].residents;
    const picked = key === '-' ? -1 : pickKeys(names, residents).get(key);
    if (picked !== undefined) onPick(picked);
    if (key === 'Escape') onBack();
    return picked !== undefined || key === 'Escape';
  };
  return { saidMiss, onSay, onPick, onBack, onKey };
}
