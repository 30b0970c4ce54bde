import {
  allPolicies,
  capacityLimits,
  exampleSequences,
  nearestId,
  readSequence,
  sequenceLimits,
} from '../../../../src/lab.ts';

/** Watch what happens, or say what will happen first. */
export type MicroscopeMode = 'watch' | 'predict';

/** Everything a link to the microscope carries. */
export interface MicroscopeState {
  /** The sequence as typed. */
  text: string;
  /** In entries. */
  capacity: number;
  /** Ids of the policies side by side, one to four, all different. */
  policies: readonly string[];
  /** Accesses done, from 0. */
  at: number;
  mode: MicroscopeMode;
  /** Which of the policies is predicted, as an index. */
  bet: number;
  /** Of the policies that draw lots. */
  seed: number;
}

/** At most so many stand side by side. */
export const policiesAtMost = 4;

const largestSeed = 4_294_967_295;

/** What the page shows without a link: the first example, at its beginning. */
export function openingState(): MicroscopeState {
  const [{ text, capacity, policies }] = exampleSequences;
  return { text, capacity, policies, at: 0, mode: 'watch', bet: 0, seed: 1 };
}

/** The query of an address that opens this state again, without the question mark. Readable on purpose. */
export function writeAddress(state: MicroscopeState): string {
  const query = new URLSearchParams({ q: state.text, c: String(state.capacity), p: state.policies.join(',') });
  if (state.at > 0) query.set('at', String(state.at));
  if (state.mode === 'predict') query.set('mode', 'predict');
  if (state.bet > 0) query.set('bet', String(state.bet + 1));
  if (state.seed !== 1) query.set('seed', String(state.seed));
  return query.toString().replaceAll('%2C', ',').replaceAll('%28', '(').replaceAll('%29', ')');
}

/** Reads such a query. Never throws: what cannot be used is said in a sentence each, and everything else is kept. */
export function readAddress(text: string): { state: MicroscopeState; problems: string[] } {
  const query = new URLSearchParams(text);
  const state = openingState();
  const problems: string[] = [];
  const unknown = [...new Set(query.keys())].filter(
    (name) => !['q', 'c', 'p', 'at', 'mode', 'bet', 'seed'].includes(name),
  );
  if (unknown.length > 0)
    problems.push(`It holds ${quoted(unknown.slice(0, 3).join(', '))}, which this page does not know.`);
  readText(query.get('q'), state, problems);
  const length = readSequence(state.text).ids.length;
  const number = (name: string, said: string, from: number, to: number, otherwise: number): number => {
    const written = query.get(name);
    if (written === null) return otherwise;
    const value = /^\d{1,10}$/.test(written) ? Number(written) : Number.NaN;
    if (value >= from && value <= to) return value;
    const used = value > to ? to : value < from ? from : otherwise;
    problems.push(`Its ${said} is ${quoted(written)}, not a number from ${from} to ${to}: ${used} is shown.`);
    return used;
  };
  state.capacity = number('c', 'capacity', capacityLimits.least, capacityLimits.most, state.capacity);
  readPolicies(query.get('p'), state, problems);
  state.at = number('at', 'step', 0, length, 0);
  state.bet = number('bet', 'predicted policy', 1, state.policies.length, 1) - 1;
  state.seed = number('seed', 'seed', 0, largestSeed, 1);
  const mode = query.get('mode');
  if (mode === 'watch' || mode === 'predict') state.mode = mode;
  else if (mode !== null) problems.push(`Its mode is ${quoted(mode)}, neither watch nor predict: you watch.`);
  return { state, problems };
}

function readText(written: string | null, state: MicroscopeState, problems: string[]): void {
  if (written === null) return;
  const most = sequenceLimits.textCharacters;
  state.text = written.slice(0, most);
  if (written.length > most)
    problems.push(`Its sequence has ${written.length} characters: the first ${most} are shown.`);
}

function readPolicies(written: string | null, state: MicroscopeState, problems: string[]): void {
  if (written === null) return;
  const ids = allPolicies.map(({ id }) => id);
  const wanted = [...new Set(written.split(',').filter((id) => id !== ''))];
  const known = wanted.filter((id) => ids.includes(id));
  for (const id of wanted.filter((one) => !ids.includes(one)).slice(0, policiesAtMost))
    problems.push(`It names the policy ${quoted(id)}, which there is not; did it mean ${nearestId(id, ids)}?`);
  if (known.length > policiesAtMost)
    problems.push(`It names ${known.length} policies; the first ${policiesAtMost} are shown.`);
  if (known.length > 0) state.policies = known.slice(0, policiesAtMost);
  else problems.push(`It names no policy that there is: ${state.policies.join(' and ')} are shown.`);
}

function quoted(text: string): string {
  return `“${text.length > 24 ? `${text.slice(0, 24)}…` : text}”`;
}
