import { useEffect, useRef } from 'react';
import type { PolicyTrace } from '../../../../src/lab.ts';
import { announce } from '../../../ui/announce.ts';
import { judge } from './predictions.ts';
import type { Microscope } from './useMicroscope.ts';

/** Says each step to a screen reader: the access, and for each policy what came of it. Not on arrival. */
export function useSayStep({ at, ids, names, traces, bet, answers }: Microscope): void {
  const said = useRef(at);
  useEffect(() => {
    if (said.current === at) return;
    said.current = at;
    if (at === 0) return announce('Before the first access.');
    const answer = answers.get(at - 1);
    const verdict = answer === undefined ? '' : judge(answer, traces[bet].steps[at - 1]).right ? 'Right. ' : 'Not so. ';
    announce(verdict + stepInWords(at, names[ids[at - 1]], traces, names));
  }, [at, ids, names, traces, bet, answers]);
}

/** One step in words. With a single policy, with its reason. */
export function stepInWords(at: number, key: string, traces: readonly PolicyTrace[], names: readonly string[]): string {
  const [first] = traces;
  if (traces.length === 1) return `Access ${at}. ${first.steps[at - 1].sentences.join(' ')}`;
  const each = traces.map(({ policy, steps }) => {
    const { hit, victim, refused } = steps[at - 1];
    const end = refused ? 'miss, not kept' : victim >= 0 ? `miss, ${names[victim]} goes` : 'miss';
    return `${policy.title}: ${hit ? 'hit' : end}.`;
  });
  return `Access ${at}, ${key}. ${each.join(' ')}`;
}
