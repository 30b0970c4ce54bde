import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatDurationUs } from '../../ui/format.ts';
import { keyTitle, nodeTitle } from '../titles.ts';
import type { ContentsEntry, ContentsReader } from './ContentsReader.ts';
import { contentsRules } from './contentsRules.ts';

/** One line of the table. */
export interface ContentsLine extends ContentsEntry {
  /** `menu:17`, or `menu:17@3` where the key carries a version. */
  title: string;
  /** Time left, µs; Infinity without a TTL. Of an overdue entry, until it is gone. */
  leftUs: number;
  /** What is left of the life it was given (or of the time it is kept beyond), 0..1; 1 without a TTL. */
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
  /** Entries past their time that are kept all the same. */
  overdueEntries: number;
  /** Entries that say that there is no such row. */
  negativeEntries: number;
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
  reader.rules = contentsRules(run, reader.node);
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
    staleEntries: entries.filter(({ stale }) => stale).length,
    overdueEntries: entries.filter(({ overdue }) => overdue).length,
    negativeEntries: entries.filter(({ version }) => version === 0).length,
    lines: matching.slice(0, limit).map((entry) => lineOf(run, entry, state.atUs)),
    more: Math.max(0, matching.length - limit),
    exact: state.exact,
  };
  return { ...base, sentence: sentenceOf(base) };
}

function lineOf(run: RunView, entry: ContentsEntry, atUs: number): ContentsLine {
  const endless = entry.expiresUs === Number.POSITIVE_INFINITY;
  const endUs = entry.overdue ? entry.goneUs : entry.expiresUs;
  const leftUs = endless ? entry.expiresUs : Math.max(0, endUs - atUs);
  const lifeUs = entry.overdue ? entry.goneUs - entry.expiresUs : entry.expiresUs - entry.storedUs;
  const leftShare = endless ? 1 : leftUs / Math.max(1, lifeUs);
  const title = `${keyTitle(run, entry.key)}${entry.at < 0 ? '' : `@${entry.at}`}`;
  return { ...entry, title, leftUs, leftShare };
}

function sentenceOf(model: Omit<ContentsModel, 'sentence'>): string {
  const { title, entries, capacityEntries, staleEntries, lines } = model;
  if (entries === 0) return `${title} is empty.`;
  const parts = [
    [staleEntries, 'older than the database'],
    [model.overdueEntries, 'past their time'],
    [model.negativeEntries, 'saying that there is no such row'],
  ] as const;
  const stale = parts.map(([count, text]) => (count === 0 ? '' : `, ${formatCount(count)} of them ${text}`)).join('');
  const first = lines[0];
  const popular = first === undefined ? '' : ` ${first.title} was found ${timesText(first.reads)}${leftText(first)}.`;
  return `${title} holds ${formatCount(entries)} of ${formatCount(capacityEntries)} entries${stale}.${popular}`;
}

function timesText(count: number): string {
  return count === 0 ? 'never' : count === 1 ? 'once' : `${formatCount(count)} times`;
}

function leftText({ leftUs, overdue }: ContentsLine): string {
  if (leftUs === Number.POSITIVE_INFINITY) return ' and has no time to live';
  return overdue
    ? `; it is past its time and gone in ${formatDurationUs(leftUs)}`
    : ` and expires in ${formatDurationUs(leftUs)}`;
}
