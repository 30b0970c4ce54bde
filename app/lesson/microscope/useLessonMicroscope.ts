import { useMemo, useReducer } from 'react';
import { allPolicies, readSequence, tracePolicy } from '../../../src/lab.ts';
import { openingState, writeAddress } from '../../pages/lab/microscope/address.ts';
import { afterAct, type Microscope, opened } from '../../pages/lab/microscope/useMicroscope.ts';

/** What a lesson's microscope starts from. */
export interface MicroscopeSetup {
  /** Ids of the policies side by side, one to four. */
  policies: readonly string[];
  /** Accesses as one types them in the laboratory: capitals one by one, `A-E`, `(ABC)x3`. */
  sequence: string;
  /** Places of the cache, 3 to 8 in a lesson. */
  slots: number;
  /** Accesses done at first. */
  step?: number;
}

/**
 * The laboratory's microscope without its address: the same state and acts, so that its parts can be drawn from it, and a link that
 * opens this very moment there. @throws RangeError for a sequence, a size or a policy that the laboratory would not take.
 */
export function useLessonMicroscope(setup: MicroscopeSetup): { microscope: Microscope; address: string } {
  const [kept, act] = useReducer(afterAct, setup, started);
  const { state } = kept;
  const { text, capacity, policies, seed } = state;
  const reading = useMemo(() => readSequence(text), [text]);
  const traces = useMemo(
    () =>
      allPolicies
        .filter(({ id }) => policies.includes(id))
        .sort((one, other) => policies.indexOf(one.id) - policies.indexOf(other.id))
        .map((entry) => tracePolicy(entry, { sequence: reading, capacity, seed })),
    [reading, capacity, policies, seed],
  );
  const microscope: Microscope = {
    ...state,
    ...reading,
    traces,
    linkProblems: kept.problems,
    answers: kept.answers,
    canUndo: false,
    canRedo: false,
    act,
  };
  return { microscope, address: `/lab/microscope?${writeAddress(state)}` };
}

function started({ policies, sequence, slots, step = 0 }: MicroscopeSetup): ReturnType<typeof opened> {
  const kept = opened(writeAddress({ ...openingState(), policies, text: sequence, capacity: slots, at: step }));
  const problem = readSequence(sequence).problem?.text ?? kept.problems[0];
  if (problem !== undefined) throw new RangeError(`The microscope of this lesson: ${problem}`);
  return kept;
}
