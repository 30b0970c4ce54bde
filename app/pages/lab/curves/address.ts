import { allPolicies, type GeneratorId, generatorIds, nearestId, type SizeScale } from '../../../../src/lab.ts';

/** Everything that a link to the curves carries. */
export interface CurvesAddress {
  /** The generated trace to open; null for a file of one's own, which stays on the machine. */
  generated: { id: GeneratorId; requests: number; seed: number } | null;
  /** Ids of the policies drawn, in no order. */
  policies: readonly string[];
  scale: SizeScale;
  /** Share of the keys in each sample; null where every request counts. */
  sampleRate: number | null;
  /** Size under the cursor, entries; null until somebody moves it. */
  at: number | null;
}

/** Shortest and longest trace that is made here, requests. */
export const requestLimits = { least: 1000, most: 10_000_000 };
/** Shares of the keys that can be chosen. */
export const sampleRates: readonly number[] = [0.01, 0.05, 0.1, 0.2];

/** The policies of the first picture: the ceiling, the classics and those that try to do better. */
const firstPolicies = [
  'belady',
  'lru',
  'fifo',
  'clock',
  'lfu',
  'slru',
  '2q',
  'arc',
  'lirs',
  'sieve',
  's3-fifo',
  'w-tinylfu',
];

const largestSeed = 4_294_967_295;

/** What the page shows without a link. */
export function openingAddress(): CurvesAddress {
  return {
    generated: { id: 'scan', requests: 200_000, seed: 1 },
    policies: firstPolicies,
    scale: 'log',
    sampleRate: null,
    at: null,
  };
}

/** The query of an address that shows this again, without the question mark. */
export function writeAddress({ generated, policies, scale, sampleRate, at }: CurvesAddress): string {
  const query = new URLSearchParams();
  if (generated === null) query.set('trace', 'own');
  else {
    query.set('trace', generated.id);
    query.set('n', String(generated.requests));
    query.set('seed', String(generated.seed));
  }
  query.set('p', policies.join(','));
  if (scale !== 'log') query.set('x', scale);
  if (sampleRate !== null) query.set('sample', String(sampleRate));
  if (at !== null) query.set('at', String(at));
  return query.toString().replaceAll('%2C', ',');
}

/** Reads such a query. Never throws: what cannot be used is said in a sentence each, and everything else is kept. */
export function readAddress(text: string): { address: CurvesAddress; problems: string[] } {
  const query = new URLSearchParams(text);
  const address = openingAddress();
  const problems: string[] = [];
  const known = ['trace', 'n', 'seed', 'p', 'x', 'sample', 'at'];
  const unknown = [...new Set(query.keys())].filter((name) => !known.includes(name));
  if (unknown.length > 0) problems.push(`It holds ${quoted(unknown.join(', '))}, which this page does not know.`);
  readTrace(query, address, problems);
  readPolicies(query.get('p'), address, problems);
  const scale = query.get('x');
  if (scale === 'linear' || scale === 'log') address.scale = scale;
  else if (scale !== null) problems.push(`Its axis is ${quoted(scale)}, neither linear nor log.`);
  const rate = query.get('sample');
  if (rate !== null) {
    if (sampleRates.includes(Number(rate))) address.sampleRate = Number(rate);
    else problems.push(`Its sample is ${quoted(rate)}, not one of ${sampleRates.join(', ')}: every request counts.`);
  }
  const at = query.get('at');
  if (at !== null) {
    if (/^[1-9]\d{0,8}$/.test(at)) address.at = Number(at);
    else problems.push(`Its size is ${quoted(at)}, not a number of entries.`);
  }
  return { address, problems };
}

function readTrace(query: URLSearchParams, address: CurvesAddress, problems: string[]): void {
  const trace = query.get('trace');
  if (trace === 'own') {
    problems.push('It was made from somebody’s own file, which never leaves their machine. Open the file here.');
    return;
  }
  const { generated } = address;
  if (generated === null) return;
  const id = generatorIds.find((one) => one === trace);
  if (id !== undefined) generated.id = id;
  else if (trace !== null)
    problems.push(
      `It names the trace ${quoted(trace)}, which there is not; did it mean ${nearestId(trace, [...generatorIds])}?`,
    );
  const number = (name: string, said: string, from: number, to: number, otherwise: number): number => {
    const written = query.get(name);
    if (written === null) return otherwise;
    const value = /^\d{1,10}$/.test(written) ? Number(written) : Number.NaN;
    if (value >= from && value <= to) return value;
    problems.push(`Its ${said} is ${quoted(written)}, not a number from ${from} to ${to}: ${otherwise} is taken.`);
    return otherwise;
  };
  generated.requests = number('n', 'length', requestLimits.least, requestLimits.most, generated.requests);
  generated.seed = number('seed', 'seed', 0, largestSeed, generated.seed);
}

function readPolicies(written: string | null, address: CurvesAddress, problems: string[]): void {
  if (written === null) return;
  const ids = allPolicies.map(({ id }) => id);
  const wanted = [...new Set(written.split(',').filter((id) => id !== ''))];
  const known = wanted.filter((id) => ids.includes(id));
  for (const id of wanted.filter((one) => !ids.includes(one)).slice(0, 4))
    problems.push(`It names the policy ${quoted(id)}, which there is not; did it mean ${nearestId(id, ids)}?`);
  if (known.length > 0) address.policies = known;
  else problems.push('It names no policy that there is: the usual ones are drawn.');
}

function quoted(text: string): string {
  return `“${text.length > 24 ? `${text.slice(0, 24)}…` : text}”`;
}
