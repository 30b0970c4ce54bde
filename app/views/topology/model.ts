import type { Action, NodeMeta, Scenario } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { formatCount, formatRate, formatShare } from '../../ui/format.ts';
import { settingAt } from '../settingsAt.ts';
import { type Occupancy, readOccupancy } from './occupancy.ts';
import { extraFacts, type SideFact, sideFacts } from './sideFacts.ts';

/** What the card of a node says. */
export interface CardFacts {
  node: NodeMeta;
  /** Beside the title: the one figure that matters most. */
  headline: string;
  /** Under the drawing. */
  detail: string;
  /** Slots that exist and are at work; 0 of 0 where the node has none to draw. */
  slots: number;
  busy: number;
  /** Calls in line, and at servers queries waiting for a connection. */
  waiting: number;
  /** Crashed at this moment. */
  down: boolean;
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

const averagedUs = 1_000_000;

function actsUntil(run: { scenario: Scenario; actions: readonly Action[] }, atUs: number): Action[] {
  return [...run.scenario.faults, ...run.actions].filter((action) => action.at <= atUs).sort((a, b) => a.at - b.at);
}

/** Nodes that are crashed at a moment. */
export function nodesDown(run: { scenario: Scenario; actions: readonly Action[] }, atUs: number): Set<string> {
  const down = new Map<string, number>();
  for (const action of actsUntil(run, atUs)) {
    if (action.do === 'kill')
      down.set(action.node, action.for === undefined ? Number.POSITIVE_INFINITY : action.at + action.for);
    if (action.do === 'restart') down.delete(action.node);
  }
  return new Set([...down].filter(([, until]) => until > atUs).map(([node]) => node));
}

/** Reads the cards of every node at the playhead. */
export function readStage(run: RunView, atUs: number): StageFacts {
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
        return { ...base, ...appFacts(run, index, occupancy, atUs) };
      case 'redis':
        return { ...base, ...redisFacts(run, atUs) };
      case 'database':
        return { ...base, ...databaseFacts(run, index, occupancy, atUs) };
      case 'replica':
      case 'bus':
      case 'feed':
        return { ...base, ...extraFacts(run, node, atUs) };
      default:
        return { ...base, headline: '', detail: '' };
    }
  });
  const aside = sideFacts(run, atUs);
  return { cards, occupancy, aside, sentence: sentence(cards, aside) };
}

/** Mean rate of a counter over the last second before the playhead. */
function perSecond(run: RunView, id: string, atUs: number): number {
  const { total, spanUs } = lately(run, id, atUs);
  return spanUs === 0 ? 0 : (total * 1e6) / spanUs;
}

function lately(run: RunView, id: string, atUs: number): { total: number; spanUs: number } {
  const { windows } = run;
  const column = windows.column(id);
  const last = Math.min(Math.floor(atUs / windows.widthUs), windows.count);
  const wanted = Math.max(1, Math.round(averagedUs / windows.widthUs));
  const first = Math.max(0, last - wanted);
  let total = 0;
  for (let window = first; window < last; window++) total += windows.at(window, column);
  return { total, spanUs: (last - first) * windows.widthUs };
}

function appFacts(run: RunView, index: number, occupancy: Occupancy, atUs: number) {
  const slots = settingAt(run, 'app.workers', atUs);
  const busy = occupancy.busy[index];
  const connecting = occupancy.connecting[index];
  const waiting = occupancy.waiting[index];
  const words =
    waiting > 0
      ? `${formatCount(waiting)} in line`
      : connecting > 0
        ? `pool: ${formatCount(connecting)} waiting`
        : `${formatCount(busy)} of ${formatCount(slots)}${slots < 100 ? ' workers' : ''}`;
  return { slots, busy, waiting: waiting + connecting, headline: whole(busy / slots), detail: words };
}

function redisFacts(run: RunView, atUs: number) {
  const gets = lately(run, 'cache.gets{tier=redis}', atUs).total;
  const hits = lately(run, 'cache.hits{tier=redis}', atUs).total;
  const { windows } = run;
  const window = windows.windowAt(atUs - 1);
  const entries = window < 0 ? 0 : windows.at(window, windows.column('cache.entries{tier=redis}'));
  const capacity = settingAt(run, 'cache.capacity', atUs);
  return {
    headline: gets === 0 ? 'idle' : `${formatShare(hits / gets)} hits`,
    detail: `${formatCount(entries)} of ${formatCount(capacity)}`,
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
  };
}

/** A share as a whole percentage: it changes with every request, so more digits would only flicker. */
function whole(share: number): string {
  return `${Math.round(100 * share)}\u2009%`;
}

function sentence(cards: CardFacts[], aside: readonly SideFact[]): string {
  const find = (kind: NodeMeta['kind']) => cards.find((card) => card.node.kind === kind);
  const [clients, redis, database] = [find('clients'), find('redis'), find('database')];
  const down = cards.filter((card) => card.down).map((card) => card.node.title);
  return [
    `${clients?.headline} requests arrive, ${clients?.detail}.`,
    redis?.headline === 'idle' ? 'Redis is not asked.' : `Redis: ${redis?.headline}, ${redis?.detail}.`,
    `Database: ${database?.busy} of ${database?.slots} slots busy, ${database?.detail}.`,
    ...aside.map(({ title, text }) => `${title}: ${text}.`),
    ...(down.length > 0 ? [`Down: ${down.join(', ')}.`] : []),
  ].join(' ');
}
