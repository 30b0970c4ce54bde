import { useCallback, useEffect, useMemo, useReducer } from 'react';
import { allPolicies, type PolicyTrace, readSequence, type SequenceProblem, tracePolicy } from '../../../../src/lab.ts';
import { goTo } from '../../hashLocation.ts';
import { type MicroscopeState, readAddress, writeAddress } from './address.ts';
import type { Answer, Answers } from './predictions.ts';

/** What undo takes back: what is run, not where one looks. */
type Setup = Pick<MicroscopeState, 'text' | 'capacity' | 'policies' | 'seed'>;

interface Kept {
  state: MicroscopeState;
  /** What was wrong with the link, until the setup is changed. */
  problems: readonly string[];
  /** Something was done since the link was opened: from then on the address follows. */
  touched: boolean;
  past: readonly Setup[];
  future: readonly Setup[];
  /** Changes of one kind in a row are one step of undo. */
  lastChange: string;
  answers: Answers;
}

/** What can happen to a microscope. */
export type MicroscopeAct =
  | { do: 'change'; kind: string; setup: Partial<Setup>; at?: number }
  | { do: 'goTo'; at: number }
  | { do: 'mode'; mode: MicroscopeState['mode'] }
  | { do: 'bet'; bet: number }
  | { do: 'answer'; answer: Answer }
  | { do: 'forget' }
  | { do: 'undo' }
  | { do: 'redo' }
  | { do: 'open'; state: MicroscopeState; problems: readonly string[] };

const none: Answers = new Map();
const pastAtMost = 200;
const opening: Omit<Kept, 'state' | 'problems'> = {
  touched: false,
  past: [],
  future: [],
  lastChange: '',
  answers: none,
};

function setupOf({ text, capacity, policies, seed }: MicroscopeState): Setup {
  return { text, capacity, policies, seed };
}

function lengthOf(text: string): number {
  return readSequence(text).ids.length;
}

/** The microscope after an act. Exported for its tests. */
export function afterAct(kept: Kept, act: MicroscopeAct): Kept {
  return act.do === 'open'
    ? { ...opening, state: act.state, problems: act.problems }
    : { ...changed(kept, act), touched: true };
}

function changed(kept: Kept, act: Exclude<MicroscopeAct, { do: 'open' }>): Kept {
  const { state, past, future } = kept;
  switch (act.do) {
    case 'change': {
      const next = withSetup(state, { ...setupOf(state), ...act.setup }, act.at);
      const same = act.kind !== '' && act.kind === kept.lastChange;
      const before = same ? past : [...past, setupOf(state)].slice(-pastAtMost);
      return { ...kept, state: next, problems: [], past: before, future: [], lastChange: act.kind, answers: none };
    }
    case 'undo':
    case 'redo': {
      const [from, to] = act.do === 'undo' ? [past, future] : [future, past];
      const setup = from.at(-1);
      if (setup === undefined) return kept;
      const [left, right] = [from.slice(0, -1), [...to, setupOf(state)]];
      const stacks = act.do === 'undo' ? { past: left, future: right } : { past: right, future: left };
      return { ...kept, ...stacks, state: withSetup(state, setup), lastChange: '', answers: none };
    }
    case 'goTo': {
      const at = Math.max(0, Math.min(lengthOf(state.text), act.at));
      // What has not been predicted yet is not shown: forward only over answers.
      if (state.mode === 'predict' && at > state.at)
        for (let place = state.at; place < at; place++) if (!kept.answers.has(place)) return withAt(kept, place);
      return withAt(kept, at);
    }
    case 'mode':
      return { ...kept, state: { ...state, mode: act.mode }, answers: none };
    case 'bet':
      return { ...kept, state: { ...state, bet: act.bet, at: 0 }, answers: none };
    case 'forget':
      return { ...kept, state: { ...state, at: 0 }, answers: none };
    default:
      return withAt({ ...kept, answers: new Map(kept.answers).set(state.at, act.answer) }, state.at + 1);
  }
}

function withAt(kept: Kept, at: number): Kept {
  return at === kept.state.at ? kept : { ...kept, state: { ...kept.state, at } };
}

function withSetup(state: MicroscopeState, setup: Setup, at = state.at): MicroscopeState {
  const bet = Math.min(state.bet, setup.policies.length - 1);
  // In a game of guesses, another run begins at its start.
  const place = state.mode === 'predict' ? 0 : Math.min(at, lengthOf(setup.text));
  return { ...state, ...setup, bet, at: place };
}

/** The microscope, all that follows from its state, and what can be done to it. */
export interface Microscope extends Pick<MicroscopeState, keyof MicroscopeState> {
  names: readonly string[];
  ids: readonly number[];
  problem: SequenceProblem | null;
  traces: readonly PolicyTrace[];
  linkProblems: readonly string[];
  answers: Answers;
  canUndo: boolean;
  canRedo: boolean;
  act: (act: MicroscopeAct) => void;
}

const queryOf = (hash: string): string => hash.split('?').slice(1).join('?');

/** Opens what the address names, runs the policies, and keeps the address in step. */
export function useMicroscope(): Microscope {
  const [kept, act] = useReducer(afterAct, undefined, () => opened(queryOf(location.hash)));
  const { state } = kept;
  const { text, capacity, policies, seed } = state;
  const reading = useMemo(() => readSequence(text), [text]);
  const traces = useMemo(
    () =>
      policies.flatMap((id) => {
        const entry = allPolicies.find((one) => one.id === id);
        return entry === undefined ? [] : [tracePolicy(entry, { sequence: reading, capacity, seed })];
      }),
    [reading, capacity, policies, seed],
  );
  useAddress(state, kept.touched || kept.problems.length === 0, act);
  const send = useCallback((one: MicroscopeAct) => act(one), []);
  return {
    ...state,
    ...reading,
    traces,
    linkProblems: kept.problems,
    answers: kept.answers,
    canUndo: kept.past.length > 0,
    canRedo: kept.future.length > 0,
    act: send,
  };
}

/** A microscope as an address asks for it. Exported for its tests. */
export function opened(query: string): Kept {
  return { ...opening, ...readAddress(query) };
}

/** Writes the state into the address once it has been still for a moment, and opens what another address names. */
function useAddress(state: MicroscopeState, follows: boolean, act: (act: MicroscopeAct) => void): void {
  const query = writeAddress(state);
  useEffect(() => {
    // A link that could not be read whole stays in the address until something is done.
    if (!follows || queryOf(location.hash) === query) return undefined;
    const timer = setTimeout(() => goTo(`/lab/microscope?${query}`, { replace: true }), 250);
    return () => clearTimeout(timer);
  }, [query, follows]);
  useEffect(() => {
    const listener = () => {
      if (!location.hash.startsWith('#/lab/microscope')) return;
      const next = queryOf(location.hash);
      if (next === '' || next === query) return;
      const { state: named, problems: found } = readAddress(next);
      if (writeAddress(named) !== query || found.length > 0) act({ do: 'open', state: named, problems: found });
    };
    addEventListener('hashchange', listener);
    return () => removeEventListener('hashchange', listener);
  }, [query, act]);
}
