import * as z from 'zod/mini';
import { chartIds } from './chartIds.ts';
import { actionSchema } from './actionSchema.ts';
import { quantity, text } from './fields.ts';
import { appSchema, balancerSchema, cacheSchema, clientsSchema, databaseSchema, localSchema } from './nodeSchemas.ts';
import { patternSchema } from './patternSchema.ts';
import { bloomSchema, invalidationSchema, protectSchema, writeBehindSchema } from './protectionSchemas.ts';
import { workloadSchema } from './workloadSchema.ts';

export { actionSchema } from './actionSchema.ts';
export { evictionIds } from './nodeSchemas.ts';

const view = z.strictObject({
  /** Settings shown as controls, in order. */
  knobs: z._default(z.array(text(80)).check(z.maxLength(14)), [
    'cache.ttl',
    'cache.jitter',
    'cache.capacity',
    'cache.eviction',
    'traffic.readers.rate',
    'traffic.readers.writes',
  ]),
  charts: z._default(z.array(z.enum(chartIds)).check(z.maxLength(6)), [
    'hit-ratio',
    'database-rate',
    'read-latency',
    'stale-share',
  ]),
  /** One sentence that says what to try next. */
  try: z._default(text(300), ''),
  /** The moment shown on arrival, so that nobody has to watch a cache warm up. */
  at: quantity('duration', {
    title: 'Opens at',
    help: 'The moment of the run that is shown on arrival',
    default: '0s',
    min: '0s',
    max: '10m',
    live: false,
  }),
  /** Speed on arrival: virtual seconds a real second. */
  speed: z._default(z.number().check(z.gte(0.0001), z.lte(1000)), 1),
  /** Settings of lane B, where the scenario compares. */
  compare: z.optional(z.record(text(80), z.union([z.string(), z.number(), z.boolean()]))),
  compareTitles: z.optional(z.tuple([text(60), text(60)])),
});

const wholeSeed = 'expected a whole number from 0 to 4294967295';

/** A scenario: everything that decides a run, and how it is shown. Version 1. */
export const scenarioSchema = z.strictObject({
  scenario: z.literal(1, { error: () => 'expected 1, the version of this format' }),
  id: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,59}$/, { error: 'expected lower-case words joined by hyphens' })),
  title: text(80),
  summary: z._default(text(400), ''),
  /** Shown in the gallery; the figures of lessons are not. */
  listed: z._default(z.boolean({ error: () => 'expected true or false' }), true),
  topic: z._default(z.enum(['basics', 'time', 'eviction', 'load', 'failure', 'consistency']), 'basics'),
  seed: z._default(z.number({ error: () => wholeSeed }).check(z.int(), z.gte(0), z.lte(4294967295)), 1),
  duration: quantity('duration', {
    title: 'Length',
    help: 'Virtual time a run takes',
    default: '60s',
    min: '10ms',
    max: '30d',
    live: false,
  }),
  /** Wall time at virtual zero, as HH:MM:SS; absent: the clock starts at zero. */
  clock: z.optional(z.string().check(z.regex(/^\d\d:\d\d:\d\d$/, { error: 'expected HH:MM:SS in quotes' }))),
  window: quantity('duration', {
    title: 'Window',
    help: 'Width of one point on the charts',
    default: '250ms',
    min: '10ms',
    max: '1h',
    live: false,
  }),
  /** What a key is called on screen: `menu` shows menu:17. */
  keyName: z._default(
    z.string().check(z.regex(/^[a-z][a-z0-9-]{0,19}$/, { error: 'expected one lower-case word' })),
    'item',
  ),
  traffic: z.record(
    z.string().check(z.regex(/^[a-z][a-z0-9-]{0,29}$/, { error: 'expected one lower-case word' })),
    workloadSchema,
  ),
  clients: z.prefault(clientsSchema, {}),
  balancer: z.prefault(balancerSchema, {}),
  app: z.prefault(appSchema, {}),
  local: z.prefault(localSchema, {}),
  cache: z.prefault(cacheSchema, {}),
  database: z.prefault(databaseSchema, {}),
  pattern: z.prefault(patternSchema, {}),
  protect: z.prefault(protectSchema, {}),
  bloom: z.prefault(bloomSchema, {}),
  invalidation: z.prefault(invalidationSchema, {}),
  writeBehind: z.prefault(writeBehindSchema, {}),
  faults: z._default(z.array(actionSchema).check(z.maxLength(500)), []),
  view: z.prefault(view, {}),
});

/** A scenario as read: durations in µs, rates per second, shares in 0..1, sizes in bytes, `none` as Infinity. */
export type Scenario = z.infer<typeof scenarioSchema>;
/** A scenario as written in a file or a link, before validation. */
export type ScenarioInput = z.input<typeof scenarioSchema>;
/** One named workload. */
export type Workload = Scenario['traffic'][string];
/** An act upon a running world. */
export type Action = z.infer<typeof actionSchema>;
/** An act as written: its times carry their unit. */
export type ActionInput = z.input<typeof actionSchema>;
