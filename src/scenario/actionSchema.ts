import * as z from 'zod/mini';
import { moment, text } from './fields.ts';

const time = moment({ max: '365d' });
const node = z.string({ error: () => 'expected a node: redis, database, app1 …' }).check(z.maxLength(20));
const key = z
  .number({ error: () => 'expected a key number, 0 is the most popular' })
  .check(z.int(), z.gte(0), z.lte(4_000_000));

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
      message: z.enum(['cache.get', 'cache.set', 'cache.delete', 'database.read', 'database.write']),
      count: z.optional(z.number().check(z.int(), z.gte(1), z.lte(1_000_000))),
    }),
    z.strictObject({
      at: time,
      do: z.literal('burst'),
      factor: z.number().check(z.gt(0), z.lte(10000)),
      for: time,
      traffic: z.optional(text(40)),
    }),
  ],
  { error: () => 'expected `do:` to be one of set, expire, flush, kill, restart, slow, lose, burst' },
);
