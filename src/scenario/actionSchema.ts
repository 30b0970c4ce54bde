import * as z from 'zod/mini';
import { moment, text } from './fields.ts';

const time = moment({ max: '365d' });
const node = z.string({ error: () => 'expected a node: redis, database, app1 …' }).check(z.maxLength(20));
const key = z
  .number({ error: () => 'expected a key number, 0 is the most popular' })
  .check(z.int(), z.gte(0), z.lte(4_000_000));

/** Messages that can get lost. */
export const losable = [
  'cache.get',
  'cache.set',
  'cache.delete',
  'database.read',
  'database.write',
  'cache.lock',
  'cache.unlock',
  'cache.load',
  'cache.write',
  'cache.update',
  'cache.get-many',
  'database.batch',
  'bus.publish',
  'bus.deliver',
  'queue.publish',
] as const;

/** What can be done to a running world; `at` is virtual time (µs once read). Faults of a scenario and acts of a person alike. */
export const actionSchema = z.discriminatedUnion(
  'do',
  [
    z.strictObject({
      at: time,
      do: z.literal('set'),
      path: text(80),
      value: z.union([z.string().check(z.maxLength(60)), z.number(), z.boolean()]),
    }),
    z.strictObject({ at: time, do: z.literal('expire'), key, node: z.optional(node) }),
    z.strictObject({ at: time, do: z.literal('flush'), node: z.optional(node) }),
    z.strictObject({ at: time, do: z.literal('kill'), node, for: z.optional(time) }),
    z.strictObject({ at: time, do: z.literal('restart'), node }),
    z.strictObject({
      at: time,
      do: z.literal('slow'),
      node,
      factor: z.number().check(z.gt(0), z.lte(10000)),
      for: z.optional(time),
    }),
    z.strictObject({
      at: time,
      do: z.literal('lose'),
      message: z.enum(losable, { error: () => `expected one of ${losable.join(', ')}` }),
      count: z.optional(z.number().check(z.int(), z.gte(1), z.lte(1_000_000))),
    }),
    z.strictObject({
      at: time,
      do: z.literal('burst'),
      factor: z.number().check(z.gt(0), z.lte(10000)),
      for: time,
      traffic: z.optional(text(40)),
    }),
    /** One request for a key, by the rules of the workload named (the first one unless said). */
    z.strictObject({
      at: time,
      do: z.literal('ask'),
      key,
      write: z.optional(z.boolean()),
      traffic: z.optional(text(40)),
    }),
    /** Loads the most popular keys into the shared cache, 0 to keys−1, so many a second. */
    z.strictObject({
      at: time,
      do: z.literal('warm'),
      keys: z.number().check(z.int(), z.gte(1), z.lte(1_000_000)),
      rate: z._default(z.number().check(z.gt(0), z.lte(1_000_000)), 500),
    }),
    /** Traffic comes back by and by: from a share of it to all of it, in twenty steps. */
    z.strictObject({
      at: time,
      do: z.literal('ramp'),
      from: z.number().check(z.gte(0), z.lte(1)),
      for: time,
      traffic: z.optional(text(40)),
    }),
    /** A server does not hear the bus for a while. */
    z.strictObject({ at: time, do: z.literal('deafen'), node, for: time }),
  ],
  {
    error: () =>
      'expected `do:` to be one of set, expire, flush, kill, restart, slow, lose, burst, ask, warm, ramp, deafen',
  },
);
