import * as z from 'zod/mini';
import { Refusal } from './Refusal.ts';

const moment = z.union([
  z.number().check(z.gte(0), z.lte(31_536_000_000_000)),
  z.string().check(z.regex(/^(\d{1,9}(\.\d{1,6})?(us|ms|s|m|h)|\d\d:\d\d:\d\d(\.\d{1,6})?)$/)),
]);
const expression = z.string().check(z.minLength(1), z.maxLength(400));
const name = z.string().check(z.regex(/^[\w.:-]{1,80}$/));
const written = z.union([z.string().check(z.maxLength(4000)), z.number(), z.boolean()]);
const answer = z.union([written, z.array(written).check(z.maxLength(50))]);
const act = z.record(z.string().check(z.maxLength(40)), z.unknown());
const settings = z
  .record(z.string().check(z.maxLength(80)), z.union([z.string().check(z.maxLength(60)), z.number(), z.boolean()]))
  .check(z.refine((map) => Object.keys(map).length <= 40));
const nothing = z.optional(z.strictObject({}));

/** What a host may ask, and the form of each. Times are virtual: µs as numbers, or text with a unit (`12.5s`). */
export const commandSchemas = {
  play: nothing,
  pause: nothing,
  seek: z.strictObject({ t: moment }),
  speed: z.strictObject({ speed: z.number().check(z.gte(0.001), z.lte(100)) }),
  step: z.optional(z.strictObject({ n: z.optional(z.number().check(z.int(), z.gte(-100), z.lte(100))) })),
  set: settings,
  inject: z.strictObject({ fault: act }),
  apply: z.strictObject({ commands: z.array(act).check(z.maxLength(500)) }),
  reset: z.optional(z.strictObject({ seed: z.optional(z.number().check(z.int(), z.gte(0), z.lte(4_294_967_295))) })),
  getState: z.optional(z.strictObject({ hash: z.optional(z.boolean()), until: z.optional(moment) })),
  setState: z.strictObject({ s: z.string().check(z.maxLength(8192)) }),
  getMetrics: z.strictObject({ expr: z.union([expression, z.array(expression).check(z.maxLength(20))]) }),
  subscribe: z.strictObject({ expr: expression, everyMs: z.optional(z.number().check(z.gte(100), z.lte(60_000))) }),
  unsubscribe: z.optional(z.strictObject({ expr: z.optional(expression) })),
  goto: z.strictObject({ step: z.union([z.number().check(z.int(), z.gte(1), z.lte(99)), name]) }),
  answer: z.strictObject({
    id: name,
    value: answer,
    confidence: z.optional(z.enum(['unsure', 'fairly', 'certain'])),
  }),
  hint: z.optional(z.strictObject({ id: z.optional(name) })),
  theme: z.strictObject({
    theme: z.optional(z.enum(['auto', 'light', 'dark', 'contrast', 'projector'])),
    tokens: z.optional(
      z.record(z.string().check(z.maxLength(40)), z.union([z.string().check(z.maxLength(60)), z.number()])),
    ),
  }),
  focus: z.optional(z.strictObject({ end: z.optional(z.enum(['first', 'last'])) })),
  export: z.optional(z.strictObject({ format: z.optional(z.enum(['json', 'markdown', 'link'])) })),
  bye: nothing,
} as const;

/** The name of a command. */
export type CommandName = keyof typeof commandSchemas;
/** A command with its data, checked. */
export type Command = {
  [Name in CommandName]: { type: Name; data: z.infer<(typeof commandSchemas)[Name]> };
}[CommandName];

/** Commands that change the run or take something out: they need `api=1`. */
export const needsApi: ReadonlySet<CommandName> = new Set<CommandName>([
  'set',
  'inject',
  'apply',
  'reset',
  'setState',
  'answer',
  'hint',
  'export',
]);
/** Commands that show answers or results: without a named origin nobody knows who asks. */
export const needsOrigin: ReadonlySet<CommandName> = new Set<CommandName>(['hint', 'export', 'answer']);

/** One message over the port, version 1. New fields may come; meanings never change. */
export interface Envelope {
  v: 1;
  type: string;
  id?: string | number;
  replyTo?: string | number;
  ok?: boolean;
  error?: { code: string; message: string };
  data?: unknown;
}

const envelope = z.looseObject({
  v: z.number(),
  type: z.string().check(z.minLength(1), z.maxLength(40)),
  id: z.optional(z.union([z.string().check(z.maxLength(64)), z.number()])),
  data: z.optional(z.unknown()),
});

/** Reads an envelope of plain data. @throws Refusal that says what is wrong. */
export function readCommand(message: unknown): Command {
  const outer = z.safeParse(envelope, message);
  if (!outer.success) throw new Refusal('bad-envelope', 'Expected a message like { v: 1, type, id?, data }.');
  const { v, type, data } = outer.data;
  if (v !== 1) throw new Refusal('version', `This embed speaks version 1 of the messages, not ${v}.`);
  if (!Object.hasOwn(commandSchemas, type))
    throw new Refusal('unknown-type', `There is no message "${type.slice(0, 40)}". See capabilities in ready.`);
  const inner = z.safeParse(commandSchemas[type as CommandName], data);
  if (!inner.success) {
    const [issue] = inner.error.issues;
    const where = ['data', ...issue.path.map(String)].join('.').slice(0, 80);
    throw new Refusal('bad-data', `${type}: ${where} is not what is expected there.`);
  }
  return { type, data: inner.data } as Command;
}

/** The id under which the sender wants its answer, if the message has a usable one. */
export function idOf(message: unknown): string | number | undefined {
  const id = typeof message === 'object' && message !== null ? (message as { id?: unknown }).id : undefined;
  return (typeof id === 'string' && id.length <= 64) || typeof id === 'number' ? id : undefined;
}
