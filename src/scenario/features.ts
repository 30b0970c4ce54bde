import { takeChange } from '../invalidation/takeChange.ts';
import { replicasOf } from '../metrics/columns.ts';
import { Bus } from '../nodes/Bus.ts';
import { CacheServices } from '../nodes/CacheServices.ts';
import { type BareHandles, createHandles } from '../nodes/createHandles.ts';
import { Feed } from '../nodes/Feed.ts';
import type { PlainHandles } from '../nodes/plainHandles.ts';
import { Replica } from '../nodes/Replica.ts';
import { RowFilter } from '../nodes/RowFilter.ts';
import { flushBuffer } from '../patterns/flushBuffer.ts';
import { composeCacheLoad, composePatterns, type Program } from '../patterns/index.ts';
import { createAnyPolicy } from '../policies/allPolicies.ts';
import type { CreatePolicy } from '../policies/Policy.ts';
import type { Scenario } from './schema.ts';
import { ramp, warm } from './slowActions.ts';
import type { World } from './World.ts';

/** What the plain engine lacks, and a world can be given at any time. */
export interface Features {
  /**
   * Builds into a world what it lacks. Nothing of that does anything before a setting or an act asks for it, so it makes no
   * difference when this is called.
   */
  build(world: World): void;
  /** What a server runs whose handles have been built. */
  compose(settings: Scenario, bare: PlainHandles): Program;
  /** Of every eviction policy there is. */
  createPolicy: CreatePolicy;
  warm: typeof warm;
  ramp: typeof ramp;
}

/**
 * Every pattern, protection, invalidation and eviction policy, and the nodes that they need. The page fetches this module when
 * a run first needs it (`needsFeatures`); everybody else has it from the start.
 */
export const features: Features = {
  build: (world) => {
    buildReplicas(world);
    const { environment, redis, database, replicas, settings } = world;
    const itsWork = { flush: flushBuffer, load: () => composeCacheLoad(settings) };
    const services = new CacheServices(environment, redis, database, replicas, itsWork);
    const rows = new RowFilter(environment);
    redis.services = services;
    environment.rows = rows;
    buildChannels(world);
    for (const server of world.servers) {
      server.bare = createHandles(environment, server, { redis, services, database, replicas, rows });
      environment.bus?.join(server);
    }
  },
  compose: (settings, bare) => composePatterns(settings, bare as BareHandles),
  createPolicy: createAnyPolicy,
  warm,
  ramp,
};

function buildReplicas(world: World): void {
  const { environment, metrics } = world;
  for (const id of replicasOf(world.settings)) {
    const replica = new Replica(environment, world.nodeIndex(id));
    world.replicas.push(replica);
    metrics.watch({ node: id, station: replica.node.station, kind: 'node' }, replica.node.nodeIndex);
  }
}

/** Bus and feed come before the handles of the servers, who publish on them. */
function buildChannels(world: World): void {
  const { environment, redis } = world;
  const [bus, feed] = [world.nodeIndex('bus'), world.nodeIndex('feed')];
  if (bus >= 0) environment.bus = new Bus(environment, bus);
  if (feed >= 0) environment.feed = new Feed(environment, feed, redis, takeChange);
}
