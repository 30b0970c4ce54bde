import { invalidationCache } from '../invalidation/index.ts';
import type { Process } from '../kernel/Effect.ts';
import type { EventTarget } from '../kernel/EventQueue.ts';
import { Activity } from '../nodes/Activity.ts';
import type { AppServer } from '../nodes/AppServer.ts';
import type { BareHandles } from '../nodes/createHandles.ts';
import { absent, type Value } from '../nodes/Handles.ts';
import { OP } from '../spans/codes.ts';
import type { Arrivals } from '../workload/Arrivals.ts';
import type { World } from './World.ts';

/** Luck of what is loaded from a list, for nobody; see `Activity.run`. */
const luckFrom = 3_221_225_472;
const luckSpan = 268_435_456;
const luckApart = 4;

const stepsOfRamp = 20;

/** Loads keys 0 to `keys` − 1 into the shared cache, one after another; at its time each is a row of its own. */
class WarmingList implements EventTarget {
  private readonly world: World;
  private readonly keys: number;
  private readonly perS: number;
  private readonly beganUs: number;
  private readonly number: number;

  constructor(world: World, keys: number, perS: number, number: number) {
    this.world = world;
    this.keys = keys;
    this.perS = perS;
    this.number = number;
    this.beganUs = world.simulation.nowUs;
  }

  fire(key: number): void {
    const { environment, servers, simulation } = this.world;
    const next = key + 1;
    if (next < this.keys) simulation.at(this.beganUs + Math.round((next * 1e6) / this.perS), this, next);
    const server = servers.find(({ node }) => node.up);
    if (server === undefined) return;
    const luckOfKey = luckFrom + luckApart * ((this.number * 1_000_003 + key) % luckSpan);
    new Activity(environment, server.node.nodeIndex, OP.warm, key).run(this.load(key, server), null, luckOfKey);
  }

  private *load(key: number, { bare }: AppServer): Process<Value> {
    const { cache, versions, database } = bare as BareHandles;
    const row = yield* database.read(key);
    // As readers store: what a writer has stored meanwhile stays, and under a pointer lies a version.
    if (row !== absent) yield* invalidationCache(this.world.settings, cache, versions).set(key, row);
    this.world.metrics.count('loads.warmed');
    return row;
  }
}

/**
 * Warms the shared cache before or beside its readers: keys 0 to `keys` − 1, `perS` a second, by the first server that is up.
 * No protection stands in the way; where versions decide what may be stored, they do so here too. `number` is that of the act.
 */
export function warm(world: World, keys: number, perS: number, number: number): void {
  world.simulation.after(0, new WarmingList(world, keys, perS, number));
}

/** Lets traffic come back by and by: a share `from` of it now, all of it after `forUs`, in twenty steps. */
export function ramp(world: World, from: number, forUs: number, name: string | undefined): void {
  for (const { arrivals, name: own } of world.traffic) {
    if (arrivals === null || (name !== undefined && name !== own)) continue;
    rampUp(world, arrivals, from, forUs);
  }
}

function rampUp({ simulation }: World, arrivals: Arrivals, from: number, forUs: number): void {
  const factor = (step: number): number => from + ((1 - from) * step) / stepsOfRamp;
  arrivals.boost(factor(0));
  const up: EventTarget = {
    fire: (step) => {
      arrivals.unboost(factor(step - 1));
      if (step < stepsOfRamp) {
        arrivals.boost(factor(step));
        simulation.after(Math.round(forUs / stepsOfRamp), up, step + 1);
      }
    },
  };
  simulation.after(Math.round(forUs / stepsOfRamp), up, 1);
}
