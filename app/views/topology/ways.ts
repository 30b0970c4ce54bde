import { curve } from './curve.ts';
import type { Box } from './layout.ts';

/** The ways to and from one server. */
export interface ServerWay {
  /** Where it stands among those beside it, 0 … 1. */
  side: number;
  /** From the balancer to it. */
  enter: (balancer: Box) => number[];
  /** The way past the servers below it; empty where there are none. */
  leave: number[];
  /** Where the ways down begin: its own box, or the end of that way. */
  from: Box;
}

/**
 * How marks get to each server and away from it: where servers stand in several rows, between their columns, so that they cross
 * no other card. Left ones are reached on their right and left on their left, the others the other way round.
 */
export function serverWays(boxes: readonly Box[], vertical: boolean): ServerWay[] {
  if (boxes.length === 0) return [];
  const [first] = boxes;
  const last = boxes[boxes.length - 1];
  const across = vertical ? boxes.filter(({ y }) => y === first.y).length : boxes.length;
  const between = across < 2 ? 0 : boxes[1].x - first.x - first.width;
  const foot = last.y + last.height;
  return boxes.map((box, place) => {
    const column = place % across;
    const side = (column + 0.5) / across;
    const isLeft = side < 0.5;
    const beside = (left: boolean) => (left ? box.x - between / 2 : box.x + box.width + between / 2);
    const leftOf = beside(isLeft);
    const isAbove = vertical && box.y + box.height < foot - 1;
    return {
      side,
      enter: (balancer) =>
        vertical && box.y > first.y + 1
          ? descend(balancer, beside(!isLeft), first.y, box)
          : link(balancer, box, vertical, 0.5),
      leave: isAbove ? sink(box, leftOf, foot) : [],
      from: isAbove ? { x: leftOf, y: foot, width: 0, height: 0 } : box,
    };
  });
}

/** From the foot of a box to between two columns, down there, and into the card beside. */
function descend(from: Box, x: number, top: number, to: Box): number[] {
  const [x1, y1] = [from.x + from.width / 2, from.y + from.height];
  const y = to.y + to.height / 2;
  const over = (y1 + top) / 2;
  return [...curve(x1, y1, x1, over, x, over, x, top), x, y, x < to.x ? to.x : to.x + to.width, y];
}

/** Out of a card to between two columns, and down there. */
function sink(from: Box, x: number, foot: number): number[] {
  const y = from.y + from.height / 2;
  return [x < from.x ? from.x : from.x + from.width, y, x, y, x, foot];
}

/** A curve from one box to the next; `side` is where on the far edge it ends (0 … 1). */
export function link(from: Box, to: Box, vertical: boolean, side: number): number[] {
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
export function around(from: Box, cache: Box, to: Box, vertical: boolean, side: number, place: number): number[] {
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
