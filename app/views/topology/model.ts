import type { NodeMeta } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatRate, formatShare } from '../../ui/format.ts';
import { settingAt } from '../settingsAt.ts';
import { type Occupancy, readOccupancy } from './occupancy.ts';
import type { AsideReader } from './AsideReader.ts';
import type { ContentsState } from '../contents/ContentsState.ts';
import { nodesDown } from './nodesDown.ts';
import { lastSecond as lately, lately as perSecond, level } from './rates.ts';
import type { ExtraPicture, MemoryFacts, SideFact } from './sideFacts.ts';

/** What the card of a node says. */
export interface CardFacts {
  node: NodeMeta;
  /** Beside the title: the one figure that matters most. */
  headline: string;
  /** Under the drawing. */
  detail: string;
  /** The same where there is less room; without it the words are cut. */
  brief?: string;
  /** Characters that the words under the drawing may come to take: so that they do not change while figures do. */
  longest?: number;
  /** Slots that exist and are at work; 0 of 0 where the node has none to draw. */
  slots: number;
  busy: number;
  /** Calls in line, and at servers queries waiting for a connection. */
  waiting: number;
  /** Entries that the shared cache has room for. */
  capacity?: number;
  /** Crashed at this moment. */
  down: boolean;
  /** What a server keeps in its own memory, in words; undefined where it has none, or it is not read yet. */
  memory?: MemoryFacts;
  /** What is drawn in a card of the band below. */
  picture?: ExtraPicture;
}

/** Everything that the cards show at one moment. */
export interface StageFacts {
  cards: CardFacts[];
  occupancy: Occupancy;
  /** What goes on beside the requests. */
  aside: SideFact[];
  /** The same in one sentence, for those who listen. */
  sentence: string;
}

/**
 * Reads the cards of every node at the playhead.
 * @param aside reads what goes on beside the requests; without it there is nothing of that.
 * @param cells contents of the shared cache at the playhead.
 */
export function readStage(
  run: RunView,
  atUs: number,
  aside: AsideReader | null = null,
  cells: ContentsState | null = null,
): StageFacts {
  const occupancy = readOccupancy(run.spans, atUs, run.meta.nodes.length);
  const down = nodesDown(run, atUs);
  const cards = run.meta.nodes.map((node, index): CardFacts => {
    const base = {
      node,
      slots: 0,
      busy: occupancy.busy[index],
      waiting: occupancy.waiting[index],
      down: down.has(node.id),
    };
    switch (node.kind) {
      case 'clients':
        return {
          ...base,
          headline: formatRate(perSecond(run, 'requests.arrived', atUs)),
          detail: `${formatCount(occupancy.inFlight)} under way`,
        };
      case 'app':
        return { ...base, ...appFacts(run, index, occupancy, atUs), memory: aside?.memory.facts(index, atUs) };
      case 'redis':
        return { ...base, ...redisFacts(run, atUs, cells) };
      case 'database':
        return { ...base, ...databaseFacts(run, index, occupancy, atUs) };
      case 'replica':
      case 'bus':
      case 'feed':
        return { ...base, headline: '', detail: '', ...aside?.extra(index, atUs) };
      default:
        return { ...base, headline: '', detail: '' };
    }
  });
  const facts = aside?.facts(atUs, cells) ?? [];
  return { cards, occupancy, aside: facts, sentence: sentence(cards, facts, aside?.memory.sentence(atUs) ?? '') };
}

function appFacts(run: RunView, index: number, occupancy: Occupancy, atUs: number) {
  const slots = settingAt(run, 'app.workers', atUs);
  const busy = occupancy.busy[index];
  const connecting = occupancy.connecting[index];
  const waiting = occupancy.waiting[index];
  const base = { slots, busy, waiting: waiting + connecting, headline: whole(busy / slots) };
  if (waiting > 0) return { ...base, detail: `${formatCount(waiting)} in line` };
  const called = connecting > 0 ? `${formatCount(connecting)} waiting` : '';
  if (connecting > 0) return { ...base, detail: `pool: ${called}`, brief: called };
  return { ...base, ...held(busy, slots, 'workers') };
}

/** `3 of 10 workers`, or without the word. */
function held(count: number, capacity: number, of: string): { detail: string; brief: string; longest: number } {
  const brief = `${formatCount(count)} of ${formatCount(capacity)}`;
  const full = formatCount(capacity);
  return { detail: `${brief} ${of}`, brief, longest: `${full} of ${full} ${of}`.length };
}

/** Nobody has asked the cache for a second. */
const idle = 'idle';

function redisFacts(run: RunView, atUs: number, cells: ContentsState | null) {
  const { total: gets, spanUs } = lately(run, 'cache.gets{tier=redis}', atUs);
  const hits = lately(run, 'cache.hits{tier=redis}', atUs).total;
  // The cells that are drawn beside the words, so that the two agree.
  const entries = cells?.held() ?? level(run, 'cache.entries{tier=redis}', atUs);
  const capacity = settingAt(run, 'cache.capacity', atUs);
  return {
    headline: gets > 0 ? `${formatShare(hits / gets)} hits` : spanUs > 0 ? idle : '',
    ...held(entries, capacity, 'entries'),
    capacity,
  };
}

function databaseFacts(run: RunView, index: number, occupancy: Occupancy, atUs: number) {
  const slots = settingAt(run, 'database.slots', atUs);
  const rate = perSecond(run, 'database.reads', atUs) + perSecond(run, 'database.writes', atUs);
  const busy = occupancy.busy[index];
  const waiting = occupancy.waiting[index];
  return {
    slots,
    busy,
    waiting,
    headline: whole(busy / slots),
    detail: `${formatCount(waiting)} waiting · ${formatRate(rate)}`,
    brief: `${formatCount(waiting)} waiting`,
  };
}

/**
 * A share as a whole percentage: it changes with every request, so more digits would only flicker. What is not quite all or nothing
 * does not read as all or nothing.
 */
function whole(share: number): string {
  const percent = Math.round(100 * share);
  if (percent === 0 && share > 0) return '<1\u2009%';
  if (percent === 100 && share < 1) return '>99\u2009%';
  return `${percent}\u2009%`;
}

function sentence(cards: CardFacts[], aside: readonly SideFact[], memories: string): string {
  const find = (kind: NodeMeta['kind']) => cards.find((card) => card.node.kind === kind);
  const [clients, redis, database] = [find('clients'), find('redis'), find('database')];
  const down = cards.filter((card) => card.down).map((card) => card.node.title);
  return [
    `${clients?.headline === formatRate(Number.NaN) ? 'The first' : clients?.headline} requests arrive, ${clients?.detail}.`,
    `Redis${redis?.headline === idle ? ' is not asked' : ''}: ${[redis?.headline, redis?.detail].filter((words) => words !== idle && words !== '').join(', ')}.`,
    `Database: ${database?.busy} of ${database?.slots} slots busy, ${database?.detail}.`,
    ...(memories === '' ? [] : [memories]),
    ...aside.map(({ title, text }) => `${title}: ${text}.`),
    ...cards.filter(({ picture }) => picture !== undefined).map(({ node, detail }) => `${node.title}: ${detail}.`),
    ...(down.length > 0 ? [`Down: ${down.join(', ')}.`] : []),
  ].join(' ');
}
