import type { NodeMeta } from '../../../src/index.ts';
import type { Box } from './layout.ts';

type Carded = Exclude<NodeMeta['kind'], 'local' | 'replica' | 'bus' | 'feed'>;

/** The kind of a node that has a place of its own on the stage. */
function cardKind({ kind }: NodeMeta): Carded | null {
  return kind === 'local' || kind === 'replica' || kind === 'bus' || kind === 'feed' ? null : kind;
}

/** Servers beside each other where tiers stand under one another: more than five stand in several rows. */
export function acrossOf(apps: number): number {
  return Math.ceil(apps / Math.ceil(apps / 5));
}

/** Where the name of the balancer stands, beside its bar: no way leads through it. */
export function balancerLabel(bar: Box, vertical: boolean): Box {
  if (vertical) return { x: bar.x + bar.width + 8, y: bar.y - 4, width: 84, height: 16 };
  return { x: bar.x + bar.width - 52, y: bar.y - 19, width: 52, height: 16 };
}

/** The tiers from left to right; one box a node, null for those that have none here. `memory`: servers show entries of their own. */
export function placeColumns(
  nodes: readonly NodeMeta[],
  width: number,
  height: number,
  memory: boolean,
): (Box | null)[] {
  const apps = nodes.filter((node) => node.kind === 'app').length;
  const widths =
    width > 660
      ? { clients: 96, balancer: 12, app: memory ? 132 : 122, redis: 140, database: 142 }
      : { clients: 84, balancer: 12, app: 122, redis: 126, database: 128 };
  const total = widths.clients + widths.balancer + widths.app + widths.redis + widths.database;
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

/** Heights of the tiers under one another at most, and their parts of what there is beside the fixed ones, CSS pixels. */
const tiers = {
  plain: { most: { app: 74, redis: 150, database: 104 }, part: { app: 0.27, redis: 0.43, database: 0.3 } },
  memory: { most: { app: 118, redis: 140, database: 100 }, part: { app: 0.37, redis: 0.34, database: 0.29 } },
};
/** Two lines of words; the bar of the balancer; where the servers begin; the least distance between the rows below; the margin. */
const fixed = { clientsTop: 6, clients: 34, balancerTop: 51, balancer: 10, appTop: 82, gap: 22, foot: 6 };
/** A stage lower than this shows everything smaller, CSS pixels. */
const least = 330;
const gapOfRow = 6;
/** Between columns of servers that stand in several rows: marks pass there. */
const gapOfColumns = 10;

/** The tiers under one another, as `placeColumns`. */
export function placeRows(nodes: readonly NodeMeta[], width: number, height: number, memory: boolean): (Box | null)[] {
  const apps = nodes.filter((node) => node.kind === 'app').length;
  const across = acrossOf(apps);
  const rows = Math.ceil(apps / across);
  const gap = rows > 1 ? gapOfColumns : gapOfRow;
  const appWidth = Math.min(124, (width - 2 * 12 - (across - 1) * gap) / across);
  const left = (width - across * appWidth - (across - 1) * gap) / 2;
  const tier = rowsOf(height, memory);
  const middle = Math.min(232, width - 100);
  let placed = 0;
  return nodes.map((node) => {
    const kind = cardKind(node);
    if (kind === null) return null;
    const { y, high } = tier[kind];
    if (kind === 'app') {
      const [row, column] = [Math.floor(placed / across), placed++ % across];
      const pitch = (high + gapOfRow) / rows;
      return { x: left + column * (appWidth + gap), y: y + row * pitch, width: appWidth, height: pitch - gapOfRow };
    }
    const boxWidth = kind === 'balancer' ? 64 : kind === 'clients' ? 220 : middle;
    return { x: (width - boxWidth) / 2, y, width: boxWidth, height: high };
  });
}

/** Where each tier begins and how high it is. */
function rowsOf(height: number, memory: boolean): Record<Carded, { y: number; high: number }> {
  const scale = Math.min(1, height / least);
  const { most, part } = memory ? tiers.memory : tiers.plain;
  const appTop = fixed.appTop * scale;
  const room = height - appTop - (2 * fixed.gap + fixed.foot) * scale;
  const high = (kind: 'app' | 'redis' | 'database') => Math.min(most[kind], part[kind] * room);
  const gap = fixed.gap * scale + (room - high('app') - high('redis') - high('database')) / 2;
  const redisTop = appTop + high('app') + gap;
  return {
    clients: { y: fixed.clientsTop * scale, high: fixed.clients * scale },
    balancer: { y: fixed.balancerTop * scale, high: fixed.balancer * scale },
    app: { y: appTop, high: high('app') },
    redis: { y: redisTop, high: high('redis') },
    database: { y: redisTop + high('redis') + gap, high: high('database') },
  };
}
