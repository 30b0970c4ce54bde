import * as z from 'zod/mini';
import type { Draft, RunTime, SheetEvent } from './SheetAct.ts';

const text = (max: number) => z.string().check(z.maxLength(max));
const ms = z.number().check(z.gte(0), z.lte(1e12));
const us = z.number().check(z.gte(0), z.lte(1e15));
const whole = z.number().check(z.int(), z.gte(0), z.lte(1e9));
const id = text(60);
const written = z.union([text(60), z.number(), z.boolean()]);
const pace = z.enum(['1', '1.5', '2', 'none']);
const answer = z.union([z.number(), text(20_000), z.array(text(200)).check(z.maxLength(40))]);
const confidence = z.optional(z.enum(['unsure', 'fairly', 'certain']));

const checkOutcome = z.strictObject({
  id,
  status: z.enum(['pass', 'fail', 'nodata', 'error']),
  expect: text(500),
  seed: whole,
  observed: z.nullable(z.number()),
  unit: z.nullable(text(40)),
  atUs: z.nullable(z.number()),
  windowUs: z.nullable(z.tuple([z.number(), z.number()])),
  message: text(2000),
});
const outcome = z.strictObject({ checks: z.array(checkOutcome).check(z.maxLength(100)), hash: text(80) });
const truth = z.union([
  z.strictObject({ status: z.literal('found'), value: answer }),
  z.strictObject({ status: z.literal('error'), message: text(2000) }),
]);
/** The engine's own schema reads it before it is performed. */
const action = z.looseObject({ at: z.unknown(), do: text(20) });

const act = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('begin'), seed: whole, interview: z.boolean(), pace, startedAt: text(40) }),
  z.strictObject({ do: z.literal('goto'), step: id, skipped: z.optional(z.boolean()) }),
  z.strictObject({ do: z.literal('pause') }),
  z.strictObject({ do: z.literal('resume') }),
  z.strictObject({ do: z.literal('away'), ms }),
  z.strictObject({ do: z.literal('pace'), pace }),
  z.strictObject({ do: z.literal('extend'), step: id, ms }),
  z.strictObject({ do: z.literal('expired'), step: id }),
  z.strictObject({ do: z.literal('answer'), step: id, value: answer, confidence }),
  z.strictObject({ do: z.literal('watched'), step: id }),
  z.strictObject({ do: z.literal('attempt'), step: id, n: whole, set: z.record(text(80), written) }),
  z.strictObject({
    do: z.literal('turn'),
    step: id,
    n: whole,
    atUs: z.number().check(z.int(), z.gte(1), z.lte(1e15)),
    set: z.record(text(80), written),
  }),
  z.strictObject({
    do: z.literal('inject'),
    step: id,
    n: whole,
    id,
    byScript: z.boolean(),
    atUs: us,
    action,
  }),
  z.strictObject({ do: z.literal('ran'), step: id, n: whole }),
  z.strictObject({
    do: z.literal('judged'),
    step: id,
    n: whole,
    whole: z.boolean(),
    outcome: z.optional(outcome),
    problem: z.optional(text(2000)),
  }),
  z.strictObject({ do: z.literal('truth'), step: id, found: truth }),
  z.strictObject({ do: z.literal('hint'), step: id, n: whole }),
  z.strictObject({
    do: z.literal('rate'),
    rubric: id,
    level: z.number().check(z.int(), z.gte(0), z.lte(4)),
    by: z.enum(['self', 'interviewer']),
    note: text(4000),
  }),
  z.strictObject({ do: z.literal('note'), text: text(4000) }),
  z.strictObject({ do: z.literal('debrief'), text: text(4000) }),
  z.strictObject({ do: z.literal('finish'), status: z.enum(['completed', 'expired', 'aborted']) }),
]);

const event = z.strictObject({ from: id, n: whole, atMs: ms, act });
const draft = z.strictObject({ value: answer, confidence });

/** Acts that one log may hold. */
const mostEvents = 20_000;

/** A log as it was stored or sent; undefined for what is none. */
export function readEvents(value: unknown): SheetEvent[] | undefined {
  const read = z.array(event).check(z.maxLength(mostEvents)).safeParse(value);
  // An injected action is read by the engine's schema before it is performed.
  return read.success ? (read.data as SheetEvent[]) : undefined;
}

/** A draft of an answer; undefined for what is none. */
export function readDraft(value: unknown): Draft | undefined {
  const read = draft.safeParse(value);
  return read.success ? read.data : undefined;
}

const runTime = z.object({
  step: id,
  n: whole,
  atUs: us,
  speed: z.number().check(z.gt(0), z.lte(1e6)),
  playing: z.boolean(),
});

/** Where a run stands, as it was stored or sent; null for what is none. */
export function readRunTime(value: unknown): RunTime | null {
  const read = runTime.safeParse(value);
  return read.success ? read.data : null;
}
