import type { NodeMeta } from '../../../src/index.ts';
import { bandHeight, connectExtras, placeExtras } from './extrasBand.ts';
import { placeColumns, placeRows } from './placeTiers.ts';
import type { ServerCard } from './serverCard.ts';
import { around, link, serverWays } from './ways.ts';

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
}

/** A card lower than this has no room for its title, CSS pixels. */
export const leastTitled = 24;

const POINTS = 64;

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
  };
  const index = (kind: NodeMeta['kind']) => indexOf(nodes, kind);
  const box = (node: number) => boxes[node] as Box;
  const [clients, balancer, redis, database] = [index('clients'), index('balancer'), index('redis'), index('database')];
  const connect = (from: number, to: number, points: number[]) => layout.lanes.set(laneKey(from, to), evenly(points));
  const ways = serverWays(apps.map(box), vertical);
  apps.forEach((app, place) => {
    const { side, enter, leave, from } = ways[place];
    connect(clients, app, [...link(box(clients), box(balancer), vertical, 0.5), ...enter(box(balancer))]);
    connect(app, redis, [...leave, ...link(from, box(redis), vertical, side)]);
    connect(app, database, [...leave, ...around(from, box(redis), box(database), vertical, side, place)]);
  });
  connect(clients, balancer, link(box(clients), box(balancer), vertical, 0.5));
  connectExtras(nodes, boxes, vertical, connect, ways);
  return layout;
}

function indexOf(nodes: readonly NodeMeta[], kind: NodeMeta['kind']): number {
  return nodes.findIndex((node) => node.kind === kind);
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
