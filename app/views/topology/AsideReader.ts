import { OP } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatDurationUs, formatRate, formatShare } from '../../ui/format.ts';
import type { ContentsState } from '../contents/ContentsState.ts';
import { RowFollower } from '../RowFollower.ts';
import { anySettingAt, settingAt } from '../settingsAt.ts';
import { keyTitle, nodeTitle } from '../titles.ts';
import { type AsideKind, asideKindsAt } from './asideKinds.ts';
import { breakerFollowing } from './breakers.ts';
import { ExtraReader } from './ExtraReader.ts';
import { heldLocks, lockFollowing } from './locks.ts';
import { nodesDown } from './nodesDown.ts';
import { MemoryReader } from './MemoryReader.ts';
import { lately, level } from './rates.ts';
import type { BreakerPicture, ExtraFacts, NegativePicture, SideFact } from './sideFacts.ts';
import { readRefreshes, readWaiters } from './waiters.ts';
import { bufferedWrites, bufferFollowing, dirtyKeys } from './writeBuffer.ts';

/** Cells that a Bloom filter is folded into, and that negative entries are. */
const filterCells = 24 * 8;
const negativeCells = 30 * 5;
const groupsShown = 3;
const locksShown = 3;
/** An id that was turned away is pointed at for so long, µs. */
const probeUs = 1_000_000;

type FilterModule = typeof import('./filterBits.ts');
/** Once fetched, for every run. */
let filterModule: FilterModule | null = null;

const plural = (count: number, one: string, many: string) => `${formatCount(count)} ${count === 1 ? one : many}`;

/**
 * What goes on beside the requests of one run, at any moment: waiters, locks, refreshes, buffered writes, negative entries, the
 * Bloom filter, breakers, the cards of the band below, and what servers keep in their own memory. Each reading keeps its place in the rows, so that a step forwards costs
 * what is new.
 */
export class AsideReader {
  readonly run: RunView;
  /** What servers keep in their own memory. */
  readonly memory: MemoryReader;
  private readonly whenReady: () => void;
  private readonly locks;
  private readonly buffer;
  private readonly breakers;
  private readonly extras: ExtraReader;
  private filter: InstanceType<FilterModule['FilterReader']> | null = null;
  private asked: Promise<void> | null = null;

  /** `whenReady` is told when something that had to be fetched first can be read. */
  constructor(run: RunView, whenReady: () => void = () => {}) {
    this.run = run;
    this.whenReady = whenReady;
    this.locks = new RowFollower(run.spans, lockFollowing(run));
    this.buffer = new RowFollower(run.spans, bufferFollowing(run));
    this.breakers = new RowFollower(run.spans, breakerFollowing);
    this.extras = new ExtraReader(run);
    this.memory = new MemoryReader(run);
  }

  /** One fact for each protection that is on, so that the list does not jump. `cells`: contents of the shared cache. */
  facts(atUs: number, cells: ContentsState | null): SideFact[] {
    const read: Record<AsideKind, () => SideFact> = {
      wait: () => this.waiters(atUs),
      lock: () => this.lock(atUs),
      refresh: () => this.refreshes(atUs),
      buffer: () => this.buffered(atUs),
      negative: () => this.negative(atUs, cells),
      bloom: () => this.bloom(atUs),
      breaker: () => this.breaker(atUs),
    };
    return asideKindsAt(this.run, atUs).map((kind) => read[kind]());
  }

  /** What the card of a node in the band below says and shows. */
  extra(index: number, atUs: number): ExtraFacts {
    return this.extras.read(index, atUs);
  }

  /** Fetches what a Bloom filter is made with, when one is first needed. */
  fetchFilter(): Promise<void> {
    this.asked ??= import('./filterBits.ts').then((module) => {
      filterModule = module;
      this.whenReady();
    });
    return this.asked;
  }

  private name(key: number): string {
    return keyTitle(this.run, key);
  }

  private waiters(atUs: number): SideFact {
    const { run } = this;
    const all = readWaiters(run.spans, atUs);
    const locks = this.locks.seek(atUs, run.horizonUs);
    const down = nodesDown(run, atUs);
    const isDown = (node: number) => down.has(run.meta.nodes[node]?.id);
    // Whoever has the lock is the one who loads; the others who lead at their servers look for it again and again.
    const lockOf = (key: number) => {
      const lock = locks.get(key);
      return lock !== undefined && lock.untilUs > atUs ? lock : null;
    };
    const groups = all.slice(0, groupsShown).map(({ key, loads, polls, loaders }) => {
      const lock = lockOf(key);
      const nodes = (lock === null ? loaders : [lock]).filter(({ node }) => !isDown(node)).map(({ node }) => node);
      return { name: this.name(key), loads, polls, loaders: nodes.map((node) => nodeTitle(run, node)) };
    });
    const loads = all.reduce((sum, group) => sum + group.loads, 0);
    const polls = all.reduce((sum, group) => sum + group.polls, 0);
    const counted = [
      ...(loads > 0 ? [plural(loads, 'reader for a load', 'readers for a load')] : []),
      ...(polls > 0 ? [plural(polls, 'looks again', 'look again')] : []),
    ].join(', ');
    const dead = all.length === 0 ? null : lockOf(all[0].key);
    const orphan = dead !== null && isDown(dead.node) ? `, locked by ${nodeTitle(run, dead.node)}, which is down` : '';
    const text =
      groups.length === 0
        ? 'nobody'
        : `${counted}; ${all.length > 1 ? 'most for ' : ''}${whoLoads(groups[0])}${orphan}`;
    const picture = { kind: 'waiters', groups, more: all.length - groups.length } as const;
    return { id: 'wait', title: 'Waiting', text, meaning: 'miss', picture };
  }

  private lock(atUs: number): SideFact {
    const { run } = this;
    const held = heldLocks(this.locks.seek(atUs, run.horizonUs), atUs);
    const down = nodesDown(run, atUs);
    const locks = held.slice(0, locksShown).map(({ key, node, sinceUs, untilUs }) => ({
      name: this.name(key),
      holder: nodeTitle(run, node),
      down: down.has(run.meta.nodes[node]?.id),
      leftUs: untilUs - atUs,
      share: (untilUs - atUs) / Math.max(1, untilUs - sinceUs),
    }));
    const more = held.length - locks.length;
    const words = locks.map(
      ({ name, holder, down: gone, leftUs }) =>
        `${name} held by ${holder}${gone ? ', which is down' : ''}, ${formatDurationUs(leftUs)} left`,
    );
    const text =
      words.length === 0
        ? 'free'
        : `${words.join('; ')}${more > 0 ? `; and ${formatCount(more)} more` : ''}${this.kept(this.locks)}`;
    return {
      id: 'lock',
      title: more > 0 || locks.length > 1 ? 'Locks' : 'Lock',
      text,
      meaning: 'write',
      picture: { kind: 'locks', locks, more },
    };
  }

  private refreshes(atUs: number): SideFact {
    const keys = readRefreshes(this.run.spans, atUs);
    const names = keys.map((key) => this.name(key));
    const named = names.slice(0, 3).join(', ');
    const rest = names.length > 3 ? ` and ${formatCount(names.length - 3)} more` : '';
    const text = names.length === 0 ? 'nothing' : `${formatCount(names.length)} under way: ${named}${rest}`;
    return { id: 'refresh', title: 'Refreshing', text, meaning: 'refresh', picture: { kind: 'refreshes', names } };
  }

  private buffered(atUs: number): SideFact {
    const { run } = this;
    const state = this.buffer.seek(atUs, run.horizonUs);
    const { exact } = this.buffer;
    const size = settingAt(run, 'writeBehind.count', atUs);
    const everyUs = settingAt(run, 'writeBehind.every', atUs);
    const waiting = exact ? state.waiting.size : level(run, 'writes.waiting', atUs);
    const sent = exact ? state.sent.size : 0;
    const [oldest] = state.waiting.values();
    const dueUs = oldest === undefined ? atUs : Math.max(state.notBeforeUs, oldest.sinceUs + everyUs);
    const newest = state.newest
      .filter((key) => state.waiting.has(key))
      .reverse()
      .map((key) => ({ name: this.name(key), writes: state.waiting.get(key)?.writes ?? 1 }));
    const writes = bufferedWrites(state);
    const words = [
      `${formatCount(waiting)} of ${formatCount(size)} rows`,
      ...(sent > 0 ? [`${formatCount(sent)} on their way`] : []),
      ...(exact && writes > dirtyKeys(state) ? [`${formatCount(writes)} writes`] : []),
      ...(exact && oldest !== undefined ? [`next batch within ${formatDurationUs(Math.max(0, dueUs - atUs))}`] : []),
      ...(exact ? [] : ['as last counted: older rows were thinned out']),
    ];
    const dueShare = exact && oldest !== undefined ? Math.min(1, Math.max(0, (dueUs - atUs) / everyUs)) : 0;
    const picture = { kind: 'buffer', size, waiting, sent, newest: exact ? newest : [], dueShare } as const;
    return { id: 'buffer', title: 'Buffered writes', text: words.join(', '), meaning: 'write', picture };
  }

  private negative(atUs: number, cells: ContentsState | null): SideFact {
    const rate = formatRate(lately(this.run, 'cache.negative', atUs));
    const picture = cells === null ? null : negativePicture(cells);
    const held = picture === null ? '' : `${formatCount(picture.held)} held in Redis, `;
    const scale = picture !== null && picture.each > 1 ? `; a cell is ${formatCount(picture.each)}` : '';
    return {
      id: 'negative',
      title: 'Negative entries',
      text: `${held}${rate} answered${scale}`,
      meaning: 'hit',
      picture,
    };
  }

  private bloom(atUs: number): SideFact {
    const { run } = this;
    if (filterModule === null) void this.fetchFilter();
    else this.filter ??= new filterModule.FilterReader(run, filterCells);
    const refused = formatRate(lately(run, 'bloom.refused', atUs));
    const picture = this.filter?.picture(atUs, lastRefused(run, atUs)) ?? null;
    const bits =
      picture === null
        ? `${formatShare(level(run, 'bloom.fill', atUs))} of bits set${this.filter === null ? '' : ', too many ids to draw them'}`
        : picture.bits === 0
          ? 'no bits: everything passes'
          : `${formatShare(picture.ones / picture.bits)} of ${formatCount(picture.bits)} bits set, ${picture.hashes} an id`;
    const outlined = picture !== null && picture.probes.length > 0 ? '; outlined: where the last of them looked' : '';
    const unsure = picture !== null && !picture.exact ? '; ids that were thinned out are not drawn' : '';
    const text = `${bits}; ${refused} turned away${outlined}${unsure}`;
    return { id: 'bloom', title: 'Bloom filter', text, meaning: null, picture };
  }

  private breaker(atUs: number): SideFact {
    const { run } = this;
    const known = this.breakers.seek(atUs, run.horizonUs);
    const guards = anySettingAt(run, 'protect.breaker', atUs);
    const servers = run.meta.nodes.flatMap(({ kind }, index) => (kind === 'app' ? [index] : []));
    const targets = run.meta.nodes.flatMap(({ kind }, index) =>
      (kind === 'redis' && guards !== 'database') || (kind === 'database' && guards !== 'cache') ? [index] : [],
    );
    const breakers: BreakerPicture['breakers'] = servers.flatMap((server) =>
      targets.map((node) => ({
        server: nodeTitle(run, server),
        node: nodeTitle(run, node),
        state: known.get(`${server} ${node}`)?.detail ?? 0,
      })),
    );
    const text = breakerText(breakers);
    return { id: 'breaker', title: 'Circuit breaker', text, meaning: 'error', picture: { kind: 'breakers', breakers } };
  }

  private kept({ exact }: { exact: boolean }): string {
    return exact ? '' : '; from the rows that were kept';
  }
}

/** `page:0, which App 4 loads`, or how many servers do. */
function whoLoads({ name, loaders }: { name: string; loaders: readonly string[] }): string {
  const servers = new Set(loaders).size;
  if (servers === 0) return name;
  return servers === 1 ? `${name}, which ${loaders[0]} loads` : `${name}, which ${formatCount(servers)} servers load`;
}

/** Which breakers are not closed, by server. */
export function breakerText(breakers: BreakerPicture['breakers']): string {
  const servers = (state: number) =>
    new Set(breakers.filter((one) => one.state === state).map(({ server }) => server)).size;
  const [open, trying] = [servers(1), servers(2)];
  const words = [
    ...(open > 0 ? [`open at ${plural(open, 'server', 'servers')}`] : []),
    ...(trying > 0 ? [`one call may try at ${plural(trying, 'server', 'servers')}`] : []),
  ];
  return words.length === 0 ? 'closed' : words.join(', ');
}

/** The key that the filter turned away last, if that was a moment ago; −1 else. */
function lastRefused(run: RunView, atUs: number): number {
  let key = -1;
  let lastUs = -1;
  run.spans.forEachOverlapping(atUs - probeUs, atUs, (table, index) => {
    if (table.op[index] !== OP.bloom || table.start[index] <= lastUs) return;
    lastUs = table.start[index];
    key = table.key[index];
  });
  return key;
}

/** The entries of a cache that say that there is no such row, as cells: each as full as what is left of its life. */
export function negativePicture(cells: ContentsState): NegativePicture {
  const lives: number[] = [];
  for (let slot = 0; slot < cells.slotCount; slot++) {
    const goneBy = !cells.exact && cells.goneUs[slot] <= cells.atUs;
    if (cells.key[slot] < 0 || cells.version[slot] !== 0 || goneBy) continue;
    const life = cells.expiresUs[slot] - cells.storedUs[slot];
    const leftUs = cells.expiresUs[slot] - cells.atUs;
    lives.push(life === Number.POSITIVE_INFINITY ? 1 : Math.max(0, Math.min(1, leftUs / Math.max(1, life))));
  }
  const each = Math.max(1, roundUp(lives.length / negativeCells));
  const left: number[] = [];
  for (let first = 0; first < lives.length; first += each) {
    const part = lives.slice(first, first + each);
    left.push(part.reduce((sum, share) => sum + share, 0) / part.length);
  }
  return { kind: 'negative', held: lives.length, each, left };
}

/** The next of 1, 2, 5, 10, 20, 50 … so that the scale does not change with every entry. */
function roundUp(value: number): number {
  for (let size = 1; ; size *= 10) for (const step of [1, 2, 5]) if (step * size >= value) return step * size;
}
