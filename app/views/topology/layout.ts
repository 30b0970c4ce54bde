import type { NodeMeta } from '../../../src/index.ts';
import { curve } from './curve.ts';
import { bandHeight, connectExtras, placeExtras } from './extrasBand.ts';
import type { ServerCard } from './serverCard.ts';

/** A rectangle in CSS pixels of the stage. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A way along which marks move: points at equal distances, x and y in turn. */
export type Lane = Float32Array;

/** Where everything stands on a stage of one size. */
export interface Layout {
  width: number;
  height: number;
  vertical: boolean;
  /** One box a node, by node index; null for nodes that have no card of their own (in-process caches). */
  boxes: (Box | null)[];
  /** How the cards of servers are divided, by node index, once it is known that these keep entries in their own memory. */
  servers: (ServerCard | undefined)[];
  /** Lane from node to node, by `from * 64 + to`. */
  lanes: Map<number, Lane>;
  /** Lanes that only some patterns use: there for marks, not drawn. */
  undrawn: Set<number>;
  /** Cards have room for text and slots only. */
  compact: boolean;
}

/** A card lower than this has no room for its title, CSS pixels. */
export const leastTitled = 24;

const POINTS = 40;

/** Key of a lane. */
export function laneKey(from: number, to: number): number {
  return from * 64 + to;
}

/**
 * Places the tiers as columns from left to right, or, on narrow stages, as rows from top to bottom.
 * @param memory servers keep entries in their own memory, for which their cards have room.
 */
export function layoutStage(nodes: readonly NodeMeta[], width: number, height: number, memory = false): Layout {
  const vertical = width < 560;
  const band = bandHeight(nodes, height);
  const room = height - band;
  const boxes = (vertical ? placeRows : placeColumns)(nodes, width, room, memory);
  placeExtras(nodes, boxes, { width, height, vertical });
  const apps = nodes.flatMap((node, index) => (node.kind === 'app' ? [index] : []));
  const layout: Layout = {
    width,
    height,
    vertical,
    boxes,
    servers: [],
    lanes: new Map(),
    undrawn: new Set([laneKey(indexOf(nodes, 'redis'), indexOf(nodes, 'database'))]),
    compact: vertical || apps.length > 4 || room < 340,
  };
  const index = (kind: NodeMeta['kind']) => indexOf(nodes, kind);
  const box = (node: number) => boxes[node] as Box;
  const [clients, balancer, redis, database] = [index('clients'), index('balancer'), index('redis'), index('database')];
  const connect = (from: number, to: number, points: number[]) => layout.lanes.set(laneKey(from, to), evenly(points));
  const across = vertical ? acrossOf(apps.length) : apps.length;
  apps.forEach((app, place) => {
    const side = ((place % across) + 0.5) / across;
    connect(clients, app, [
      ...link(box(clients), box(balancer), vertical, 0.5),
      ...link(box(balancer), box(app), vertical, 0.5),
    ]);
    connect(app, redis, link(box(app), box(redis), vertical, side));
    connect(app, database, around(box(app), box(redis), box(database), vertical, side, place));
  });
  connect(clients, balancer, link(box(clients), box(balancer), vertical, 0.5));
  connectExtras(nodes, boxes, vertical, connect);
  return layout;
}

function indexOf(nodes: readonly NodeMeta[], kind: NodeMeta['kind']): number {
  return nodes.findIndex((node) => node.kind === kind);
}

function placeColumns(nodes: readonly NodeMeta[], width: number, height: number, memory: boolean): (Box | null)[] {
  const apps = nodes.filter((node) => node.kind === 'app').length;
  const widths = { clients: 76, balancer: 24, app: memory && width > 660 ? 132 : 122, redis: 140, database: 142 };
  const total = 76 + 24 + widths.app + 140 + 142;
  const gap = Math.min(104, (width - total - 40) / 4);
  let x = (width - total - 4 * gap) / 2;
  const left: Record<string, number> = {};
  for (const kind of ['clients', 'balancer', 'app', 'redis', 'database'] as const) {
    left[kind] = x;
    x += widths[kind] + gap;
  }
  const room = height - 24;
  const leastGap = apps > 10 ? 3 : 8;
  const appHeight = Math.min(memory ? 128 : 86, (room - (apps - 1) * leastGap) / apps);
  const appGap = apps === 1 ? 0 : Math.min(62, (room - apps * appHeight) / (apps - 1));
  const column = apps * appHeight + (apps - 1) * appGap;
  let appY = (height - column) / 2;
  const centred = (kind: keyof typeof widths, wanted: number): Box => {
    const boxHeight = Math.min(wanted, height - 76);
    return { x: left[kind], y: (height - boxHeight) / 2, width: widths[kind], height: boxHeight };
  };
  return nodes.map((node) => {
    const kind = cardKind(node);
    if (kind === null) return null;
    if (kind !== 'app') return centred(kind, { clients: 96, balancer: 92, redis: 272, database: 190 }[kind]);
    const box = { x: left.app, y: appY, width: widths.app, height: appHeight };
    appY += appHeight + appGap;
    return box;
  });
}

type Carded = Exclude<NodeMeta['kind'], 'local' | 'replica' | 'bus' | 'feed'>;

/** The kind of a node that has a place of its own on the stage. */
function cardKind({ kind }: NodeMeta): Carded | null {
  return kind === 'local' || kind === 'replica' || kind === 'bus' || kind === 'feed' ? null : kind;
}

/** Servers beside each other where tiers stand under one another: more than five stand in several rows. */
function acrossOf(apps: number): number {
  return Math.ceil(apps / Math.ceil(apps / 5));
}

function placeRows(nodes: readonly NodeMeta[], width: number, height: number, memory: boolean): (Box | null)[] {
  const apps = nodes.filter((node) => node.kind === 'app').length;
  const margin = 12;
  const across = acrossOf(apps);
  const gap = across < apps ? 4 : 6;
  const appWidth = Math.min(124, (width - 2 * margin - (across - 1) * gap) / across);
  const left = (width - across * appWidth - (across - 1) * gap) / 2;
  const scale = height / 520;
  const rows = {
    clients: 8,
    balancer: memory ? 66 : 72,
    app: memory ? 106 : 122,
    redis: memory ? 254 : 236,
    database: 418,
  };
  const heights = { clients: 40, balancer: 20, app: memory ? 110 : 70, redis: memory ? 126 : 140, database: 94 };
  let placed = 0;
  const middle = Math.min(232, width - 100);
  return nodes.map((node) => {
    const kind = cardKind(node);
    if (kind === null) return null;
    const y = rows[kind] * scale;
    const boxHeight = heights[kind] * Math.min(1, scale);
    if (node.kind === 'app') {
      const [row, column] = [Math.floor(placed / across), placed++ % across];
      const pitch = (boxHeight + gap) / Math.ceil(apps / across);
      return { x: left + column * (appWidth + gap), y: y + row * pitch, width: appWidth, height: pitch - gap };
    }
    const boxWidth = node.kind === 'balancer' ? 110 : node.kind === 'clients' ? 220 : middle;
    return { x: (width - boxWidth) / 2, y, width: boxWidth, height: boxHeight };
  });
}

/** A curve from one box to the next; `side` is where on the far edge it ends (0 … 1). */
function link(from: Box, to: Box, vertical: boolean, side: number): number[] {
  if (vertical) {
    const [x1, y1] = [from.x + from.width / 2, from.y + from.height];
    const [x2, y2] = [to.x + to.width * (0.2 + 0.6 * side), to.y];
    return curve(x1, y1, x1, (y1 + y2) / 2, x2, (y1 + y2) / 2, x2, y2);
  }
  const [x1, y1] = [from.x + from.width, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height * (0.3 + 0.4 * side)];
  return curve(x1, y1, (x1 + x2) / 2, y1, (x1 + x2) / 2, y2, x2, y2);
}

/** A way to the database that goes around the cache: over it for the upper servers, under it for the others. */
function around(from: Box, cache: Box, to: Box, vertical: boolean, side: number, place: number): number[] {
  const first = side < 0.5;
  const clearance = 15 + (place % 4) * 7;
  if (vertical) {
    const x = first
      ? Math.max(8, cache.x - clearance)
      : Math.min(cache.x + cache.width + clearance, cache.x * 2 + cache.width - 8);
    const [x1, y1] = [from.x + from.width * (first ? 0.25 : 0.75), from.y + from.height];
    const [x2, y2] = [to.x + to.width * (first ? 0.2 : 0.8), to.y];
    return [
      ...curve(x1, y1, x1, y1 + 18, x, y1 + 8, x, cache.y + 8),
      ...curve(
        x,
        cache.y + 8,
        x,
        cache.y + cache.height * 0.5,
        x,
        cache.y + cache.height * 0.7,
        x,
        cache.y + cache.height - 4,
      ),
      ...curve(x, cache.y + cache.height - 4, x, y2 - 8, x2, y2 - 26, x2, y2),
    ];
  }
  const y = first ? cache.y - clearance : cache.y + cache.height + clearance;
  const [x1, y1] = [from.x + from.width, from.y + from.height * (first ? 0.3 : 0.7)];
  const [x2, y2] = [to.x, to.y + to.height * (first ? 0.3 : 0.7)];
  const reach = Math.min(46, (cache.x - x1) * 0.9);
  return [
    ...curve(x1, y1, x1 + reach, y1, cache.x - reach, y, cache.x + 6, y),
    ...curve(
      cache.x + 6,
      y,
      cache.x + cache.width / 3,
      y,
      cache.x + (2 * cache.width) / 3,
      y,
      cache.x + cache.width - 4,
      y,
    ),
    ...curve(
      cache.x + cache.width - 4,
      y,
      (cache.x + cache.width + x2) / 2,
      y,
      (cache.x + cache.width + x2) / 2,
      y2,
      x2,
      y2,
    ),
  ];
}

/** The same way as points at equal distances, so that marks move at an even pace. */
function evenly(points: number[]): Lane {
  const lengths = [0];
  for (let index = 2; index < points.length; index += 2) {
    lengths.push(
      lengths[lengths.length - 1] +
        Math.hypot(points[index] - points[index - 2], points[index + 1] - points[index - 1]),
    );
  }
  const total = lengths[lengths.length - 1];
  const lane = new Float32Array(2 * POINTS);
  let segment = 1;
  for (let point = 0; point < POINTS; point++) {
    const wanted = (total * point) / (POINTS - 1);
    while (segment < lengths.length - 1 && lengths[segment] < wanted) segment++;
    const span = lengths[segment] - lengths[segment - 1];
    const share = span === 0 ? 0 : (wanted - lengths[segment - 1]) / span;
    const at = 2 * segment;
    lane[2 * point] = points[at - 2] + (points[at] - points[at - 2]) * share;
    lane[2 * point + 1] = points[at - 1] + (points[at + 1] - points[at - 1]) * share;
  }
  return lane;
}

/** The point at `share` (0 … 1) of a lane, written into `out`. */
export function pointOn(lane: Lane, share: number, out: { x: number; y: number }): void {
  const exact = Math.min(1, Math.max(0, share)) * (POINTS - 1);
  const index = Math.min(POINTS - 2, Math.floor(exact));
  const part = exact - index;
  out.x = lane[2 * index] + (lane[2 * index + 2] - lane[2 * index]) * part;
  out.y = lane[2 * index + 1] + (lane[2 * index + 3] - lane[2 * index + 1]) * part;
}

/** An SVG path through a lane's points. */
export function lanePath(lane: Lane): string {
  let path = `M${lane[0].toFixed(1)} ${lane[1].toFixed(1)}`;
  for (let index = 2; index < lane.length; index += 2)
    path += `L${lane[index].toFixed(1)} ${lane[index + 1].toFixed(1)}`;
  return path;
}
