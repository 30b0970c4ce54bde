import type { ServiceNode } from '../nodes/ServiceNode.ts';
import { CAUSE, OP } from '../spans/codes.ts';
import type { Action } from './schema.ts';
import type { World } from './World.ts';

/** Calls back once, later. */
function later(world: World, delayUs: number, act: () => void): void {
  world.simulation.after(delayUs, { fire: act });
}

/** The node that can be killed, restarted or slowed under this id; undefined for the others. */
function serviceNode(world: World, id: string): ServiceNode | undefined {
  if (id === 'redis') return world.redis.node;
  if (id === 'database') return world.database.node;
  if (id === 'feed') return world.environment.feed?.node;
  if (id.startsWith('replica')) return world.replicas[Number(id.slice('replica'.length)) - 1]?.node;
  return world.servers[Number(id.replace(/^app/, '')) - 1]?.node;
}

/** Does an act to the world, now, and records it as a row (op `fault`, `detail` its index). */
export function performAction(world: World, action: Action, index: number): void {
  record(world, action, index);
  switch (action.do) {
    case 'set':
      setSetting(world, action.path, action.value);
      break;
    case 'expire':
      if (action.node === undefined || action.node === 'redis') world.redis.contents.expireNow(action.key);
      world.servers.forEach((server, number) => {
        if (action.node === undefined || action.node === `local${number + 1}`)
          server.local.contents.expireNow(action.key);
      });
      break;
    case 'flush':
      flush(world, action.node ?? 'redis');
      break;
    case 'kill':
      killFor(world, action.node, action.for);
      break;
    case 'restart':
      serviceNode(world, action.node)?.restart();
      break;
    case 'slow':
      slow(world, action.node, action.factor, action.for);
      break;
    case 'lose':
      world.environment.losses[OP[action.message]] += action.count ?? 1;
      break;
    case 'burst':
      burst(world, action.factor, action.for, action.traffic);
      break;
    case 'ask':
      world.send(trafficNumber(world, action.traffic), action.write ?? false, action.key);
      break;
    case 'deafen':
      world.environment.bus?.deafen(Number(action.node.replace(/^app/, '')) - 1, action.for);
      break;
    case 'warm':
      world.features?.warm(world, action.keys, action.rate, index);
      break;
    case 'ramp':
      world.features?.ramp(world, action.from, action.for, action.traffic);
      break;
  }
}

/** Number of the traffic of this name; 0 where none is named. */
function trafficNumber(world: World, name: string | undefined): number {
  return Math.max(
    0,
    world.traffic.findIndex((traffic) => traffic.name === name),
  );
}

/** Acts are read at the border, where their values become canonical; what is not a setting here changes nothing. */
function setSetting(world: World, path: string, value: string | number | boolean): void {
  const parts = path.split('.');
  let place = world.settings as unknown as Record<string, unknown>;
  for (const part of parts.slice(0, -1)) {
    if (!Object.hasOwn(place, part)) return;
    place = place[part] as Record<string, unknown>;
  }
  place[parts[parts.length - 1]] = value;
  world.reconfigure();
}

function flush(world: World, node: string): void {
  if (node === 'redis') world.redis.flush(CAUSE['node-lost']);
  else world.servers[Number(node.replace(/^(?:app|local)/, '')) - 1]?.local.contents.flush(CAUSE['node-lost']);
}

function killFor(world: World, id: string, forUs: number | undefined): void {
  const node = serviceNode(world, id);
  if (node === undefined) return;
  node.kill();
  const { kills } = node;
  if (forUs === undefined) return;
  later(world, forUs, () => {
    if (node.kills === kills) node.restart();
  });
}

function slow(world: World, id: string, factor: number, forUs: number | undefined): void {
  const node = serviceNode(world, id);
  if (node === undefined) return;
  node.slowness = factor;
  const slowdowns = ++node.slowdowns;
  if (forUs === undefined) return;
  later(world, forUs, () => {
    if (node.slowdowns === slowdowns) node.slowness = 1;
  });
}

function burst(world: World, factor: number, forUs: number, name: string | undefined): void {
  for (const traffic of world.traffic) {
    if (traffic.arrivals === null || (name !== undefined && name !== traffic.name)) continue;
    const { arrivals } = traffic;
    arrivals.boost(factor);
    later(world, forUs, () => arrivals.unboost(factor));
  }
}

function record(world: World, action: Action, index: number): void {
  const named = 'node' in action && action.node !== undefined ? world.nodeIndex(action.node) : -1;
  const key = 'key' in action ? action.key : -1;
  world.recorder.instant(world.simulation.nowUs, {
    op: OP.fault,
    node: Math.max(0, named),
    from: 0,
    key,
    detail: index,
  });
}
