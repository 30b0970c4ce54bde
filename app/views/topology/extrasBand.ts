import type { NodeMeta } from '../../../src/index.ts';
import { extraKinds } from './asideKinds.ts';
import { curve } from './curve.ts';
import type { Box } from './layout.ts';
import type { ServerWay } from './ways.ts';

/** Height of a card in the band below the tiers. */
const extraHeight = 76;
/** The same on stages too low to give up so much. */
const lowHeight = 62;
const low = 440;

/** What the band takes from the tiers on a stage of this height, CSS pixels. */
export function bandHeight(nodes: readonly NodeMeta[], height: number): number {
  return nodes.some(({ kind }) => extraKinds.has(kind)) ? cardHeight(height) + 14 : 0;
}

function cardHeight(height: number): number {
  return height < low ? lowHeight : extraHeight;
}

const gap = 8;
const edge = 12;

/** The bus stands below the servers, the feed below the cache, replicas below the database; where that is too tight, in a row. */
export function placeExtras(
  nodes: readonly NodeMeta[],
  boxes: (Box | null)[],
  { width, height, vertical }: { width: number; height: number; vertical: boolean },
): void {
  const extras = nodes.flatMap((node, index) => (extraKinds.has(node.kind) ? [index] : []));
  if (extras.length === 0) return;
  const boxHeight = cardHeight(height);
  const y = height - boxHeight - 6;
  const even = (width - 2 * edge - gap * (extras.length - 1)) / extras.length;
  const place = (index: number, x: number, boxWidth: number) => {
    boxes[index] = { x, y, width: boxWidth, height: boxHeight };
  };
  const widths = extras.map((index) => (nodes[index].kind === 'replica' ? 122 : 168));
  const wanted = widths.reduce((sum, one) => sum + one + gap, -gap);
  if (vertical || wanted > width - 2 * edge) {
    extras.forEach((index, number) => place(index, edge + number * (even + gap), even));
    return;
  }
  // From the right: replicas end where the database does, the others begin where what they serve does, if there is room.
  const of = (kind: NodeMeta['kind']) => boxes[nodes.findIndex((node) => node.kind === kind)] as Box;
  const database = of('database');
  let rightmost = Math.min(width - edge, database.x + database.width);
  for (let number = extras.length - 1; number >= 0; number--) {
    const index = extras[number];
    const boxWidth = widths[number];
    const before = widths.slice(0, number).reduce((sum, one) => sum + one + gap, edge);
    const { kind } = nodes[index];
    const ideal = kind === 'replica' ? rightmost - boxWidth : of(kind === 'bus' ? 'app' : 'redis').x;
    const x = Math.max(before, Math.min(ideal, rightmost - boxWidth));
    place(index, x, boxWidth);
    rightmost = x - gap;
  }
}

/** The ways to and from the cards of the band; `ways`: those of the servers, in order. */
export function connectExtras(
  nodes: readonly NodeMeta[],
  boxes: readonly (Box | null)[],
  vertical: boolean,
  connect: (from: number, to: number, points: number[]) => void,
  ways: readonly ServerWay[],
): void {
  const of = (kind: NodeMeta['kind']) => nodes.flatMap((node, index) => (node.kind === kind ? [index] : []));
  const box = (index: number) => boxes[index] as Box;
  const join = (from: number, to: number) => connect(from, to, upright(box(from), box(to)));
  const [redis] = of('redis');
  const apps = of('app');
  const below = (app: number, to: number) => {
    const { leave, from, side } = ways[apps.indexOf(app)];
    return [...leave, ...past(from, box(redis), box(to), side < 0.5)];
  };
  const descend = (app: number, to: number) => {
    connect(app, to, vertical ? below(app, to) : beside(box(app), box(redis), box(to)));
  };
  for (const app of apps) {
    for (const replica of of('replica')) descend(app, replica);
    for (const feed of of('feed')) descend(app, feed);
    for (const bus of of('bus')) {
      const points = vertical ? below(app, bus) : beside(box(app), null, box(bus));
      connect(app, bus, points);
      connect(bus, app, backwards(points));
    }
  }
  for (const feed of of('feed')) {
    for (const database of of('database')) {
      join(database, feed);
      for (const cache of of('redis')) {
        if (vertical) connect(feed, cache, upPast(box(feed), box(database), box(cache)));
        else join(feed, cache);
      }
    }
    for (const bus of of('bus')) join(feed, bus);
  }
  for (const cache of of('redis')) for (const database of of('database')) join(cache, database);
}

/** A way from a server down to the band, past the servers below it: between them and the cache, or on their other side. */
function beside(from: Box, cache: Box | null, to: Box): number[] {
  const right = cache !== null;
  const edgeX = right ? from.x + from.width : from.x;
  const x = right ? edgeX + Math.max(6, Math.min(26, (cache.x - edgeX) * 0.45)) : edgeX - 12;
  const y = from.y + from.height * (right ? 0.88 : 0.8);
  const over = to.y - 12;
  const down = Math.min(over, y + 16);
  const target = to.x + to.width * (right ? 0.5 : 0.2);
  return [
    ...curve(edgeX, y, x, y, x, y + 4, x, down),
    ...curve(x, down, x, (down + over) / 2, x, (down + over) / 2, x, over),
    ...curve(x, over, x, over + 9, target, over - 6, target, to.y),
  ];
}

/** The same where tiers stand under one another: past the cache and the database, on the nearer side. */
function past(from: Box, cache: Box, to: Box, left: boolean): number[] {
  const x = left ? cache.x / 3 : cache.x + cache.width + (2 * cache.x) / 3;
  const [x1, y1] = [from.x + from.width / 2, from.y + from.height];
  const over = to.y - 7;
  const target = to.x + to.width * (to.width > 2 * cache.x + cache.width - 40 ? (left ? 0.1 : 0.9) : 0.5);
  return [
    ...curve(x1, y1, x1, y1 + 20, x, y1 + 12, x, cache.y + 20),
    ...curve(x, cache.y + 20, x, (cache.y + over) / 2, x, (cache.y + over) / 2, x, over),
    ...curve(x, over, x, over + 5, target, over - 3, target, to.y),
  ];
}

/** A way from the band up to the cache where the database stands between: past its nearer side. */
function upPast(from: Box, database: Box, cache: Box): number[] {
  const [x1, y1] = [from.x + from.width / 2, from.y];
  const left = x1 < database.x + database.width / 2;
  const x = left ? database.x - 10 : database.x + database.width + 10;
  const [under, over] = [database.y + database.height + 2, database.y - 2];
  const [x2, y2] = [cache.x + cache.width * (left ? 0.1 : 0.9), cache.y + cache.height];
  return [
    ...curve(x1, y1, x1, (y1 + under) / 2, x, y1, x, under),
    ...curve(x, over, x, (over + y2) / 2, x2, (over + y2) / 2, x2, y2),
  ];
}

function backwards(points: readonly number[]): number[] {
  const turned: number[] = [];
  for (let index = points.length - 2; index >= 0; index -= 2) turned.push(points[index], points[index + 1]);
  return turned;
}

/** A curve between two boxes that leaves the upper one at its foot and meets the lower one at its head, either way. */
function upright(from: Box, to: Box): number[] {
  const down = to.y > from.y + from.height;
  const up = from.y > to.y + to.height;
  const [x1, x2] = [from.x + from.width / 2, to.x + to.width / 2];
  if (!down && !up) {
    const right = to.x > from.x;
    const [sx, ex] = right ? [from.x + from.width, to.x] : [from.x, to.x + to.width];
    const [sy, ey] = [from.y + from.height / 2, to.y + to.height / 2];
    return curve(sx, sy, (sx + ex) / 2, sy, (sx + ex) / 2, ey, ex, ey);
  }
  const [y1, y2] = down ? [from.y + from.height, to.y] : [from.y, to.y + to.height];
  return curve(x1, y1, x1, (y1 + y2) / 2, x2, (y1 + y2) / 2, x2, y2);
}
