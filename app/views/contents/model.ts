import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatDurationUs } from '../../ui/format.ts';
import { keyTitle, nodeTitle } from '../titles.ts';
import type { ContentsEntry, ContentsReader } from './ContentsReader.ts';

/** One line of the table. */
export interface ContentsLine extends ContentsEntry {
  /** `menu:17` */
  title: string;
  /** Time left, µs; Infinity without a TTL. */
  leftUs: number;
  /** What is left of the life it was given, 0..1; 1 without a TTL. */
  leftShare: number;
}

/** The contents of one cache at a moment, as the table shows them. */
export interface ContentsModel {
  /** Title of the cache node. */
  title: string;
  atUs: number;
  entries: number;
  capacityEntries: number;
  staleEntries: number;
  /** Entries found in line with the search, most read first. */
  lines: ContentsLine[];
  /** How many more match than are listed. */
  more: number;
  /** False where older rows were thinned away: then this is a sample. */
  exact: boolean;
  sentence: string;
}

/** Indexes of the nodes that hold entries in this run: the shared cache, and the servers' own where they are in use. */
export function cacheNodes(run: Pick<RunView, 'meta' | 'scenario'>): number[] {
  const nodes = run.meta.nodes.map((_, index) => index);
  return nodes.filter((node) => {
    const { kind } = run.meta.nodes[node];
    return kind === 'redis' || (kind === 'local' && run.scenario.local.enabled);
  });
}

/**
 * What a cache holds at `atUs`.
 * @param search part of a key's title; all of it when it names a key exactly (`menu:17` or `17`). @param limit lines at most.
 */
export function contentsModel(
  run: RunView,
  reader: ContentsReader,
  atUs: number,
  search = '',
  limit = 50,
): ContentsModel {
  const state = reader.seek(atUs, run.horizonUs);
  const isLocal = run.meta.nodes[reader.node]?.kind === 'local';
  const entries = reader.entries();
  const wanted = search.trim().toLowerCase();
  const exactly = entries.filter(({ key }) => String(key) === wanted || keyTitle(run, key) === wanted);
  const matching = exactly.length > 0 ? exactly : entries.filter(({ key }) => keyTitle(run, key).includes(wanted));
  matching.sort((a, b) => b.reads - a.reads || a.key - b.key);
  const base = {
    title: nodeTitle(run, reader.node),
    atUs: state.atUs,
    entries: entries.length,
    capacityEntries: isLocal ? run.scenario.local.capacity : run.scenario.cache.capacity,
    staleEntries: entries.reduce((count, entry) => count + (entry.stale ? 1 : 0), 0),
    lines: matching.slice(0, limit).map((entry) => lineOf(run, entry, state.atUs)),
    more: Math.max(0, matching.length - limit),
    exact: state.exact,
  };
  return { ...base, sentence: sentenceOf(base) };
}

function lineOf(run: RunView, entry: ContentsEntry, atUs: number): ContentsLine {
  const endless = entry.expiresUs === Number.POSITIVE_INFINITY;
  const leftUs = endless ? entry.expiresUs : Math.max(0, entry.expiresUs - atUs);
  const leftShare = endless ? 1 : leftUs / Math.max(1, entry.expiresUs - entry.storedUs);
  return { ...entry, title: keyTitle(run, entry.key), leftUs, leftShare };
}

function sentenceOf(model: Omit<ContentsModel, 'sentence'>): string {
  const { title, entries, capacityEntries, staleEntries, lines } = model;
  if (entries === 0) return `${title} is empty.`;
  const stale = staleEntries === 0 ? '' : `, ${formatCount(staleEntries)} of them older than the database`;
  const first = lines[0];
  const popular =
    first === undefined ? '' : ` ${first.title} was found ${timesText(first.reads)}${leftText(first.leftUs)}.`;
  return `${title} holds ${formatCount(entries)} of ${formatCount(capacityEntries)} entries${stale}.${popular}`;
}

function timesText(count: number): string {
  return count === 0 ? 'never' : count === 1 ? 'once' : `${formatCount(count)} times`;
}

function leftText(leftUs: number): string {
  return leftUs === Number.POSITIVE_INFINITY
    ? ' and has no time to live'
    : ` and expires in ${formatDurationUs(leftUs)}`;
}
