import * as z from 'zod/mini';
import { chartIds } from '../../src/index.ts';

/** Themes that an embed can be given; `auto` follows the system. */
export const embedThemes = ['auto', 'light', 'dark', 'contrast', 'projector'] as const;

/** What can stand under a stage. */
export const embedPanels = ['knobs', 'charts', 'sequence', 'waterfall', 'code'] as const;
/** One of {@link embedPanels}. */
export type EmbedPanel = (typeof embedPanels)[number];

/** Where a parameter belongs in the tables and in the form of the Embed page. */
export type ParameterGroup = 'what' | 'run' | 'look' | 'people' | 'host';

/** One public setting of an embed: the same word in the address and as an attribute of `<hotpath-embed>`. */
export interface Parameter {
  group: ParameterGroup;
  /** What it does, in one short sentence. */
  help: string;
  /** What may be written, for people: `0 or 1`. */
  expects: string;
  /** As written in an address; undefined where absence means something of its own. */
  default: string | undefined;
  /** The words it may be, where they are few. */
  choices?: readonly string[];
}

const flag = z.pipe(
  z.enum(['0', '1']),
  z.transform((text) => text === '1'),
);
const id = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,59}$/));
const opaque = z.string().check(z.regex(/^[A-Za-z0-9._~:@-]{1,64}$/));
const decimal = (from: number, to: number) =>
  z.pipe(
    z.pipe(z.string().check(z.regex(/^\d{1,10}(\.\d{1,6})?$/)), z.transform(Number)),
    z.number().check(z.gte(from), z.lte(to)),
  );
const whole = (from: number, to: number) => {
  const range = z.number().check(z.gte(from), z.lte(to));
  return z.pipe(z.pipe(z.string().check(z.regex(/^\d{1,10}$/)), z.transform(Number)), range);
};
const moment = z.string().check(z.regex(/^(\d{1,9}(\.\d{1,6})?(us|ms|s|m|h)|\d\d:\d\d:\d\d(\.\d{1,6})?)$/));
const list = <T extends z.ZodMiniType<unknown, string>>(of: T) =>
  z.pipe(
    z.pipe(
      z.string(),
      z.transform((text) => text.split(',').filter((part) => part !== '')),
    ),
    z.array(of).check(z.maxLength(20)),
  );
const setting = z.pipe(
  z.string().check(z.regex(/^[A-Za-z][\w.-]{0,79}:[^,:]{1,60}$/)),
  z.transform((text): [string, string] => [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)]),
);
const origin = z.string().check(z.regex(/^(https?:\/\/[a-z0-9.-]{1,253}(:\d{1,5})?|null)$/));

/** How each parameter is read from the text of an address. Same names as {@link parameters}. */
export const parameterSchema = z.object({
  lesson: z.optional(id),
  sim: z.optional(id),
  drill: z.optional(id),
  step: z.optional(whole(1, 99)),
  preset: z._default(list(setting), []),
  seed: z.optional(whole(0, 4_294_967_295)),
  at: z.optional(moment),
  until: z.optional(moment),
  autoplay: z._default(flag, false),
  speed: z.optional(decimal(0.001, 100)),
  controls: z._default(z.enum(['full', 'min', 'none']), 'full'),
  panels: z._default(list(z.enum(embedPanels)), ['knobs', 'charts']),
  charts: z._default(list(z.enum(chartIds)), []),
  lock: z._default(flag, false),
  load: z._default(z.enum(['lazy', 'click', 'now']), 'lazy'),
  theme: z._default(z.enum(embedThemes), 'auto'),
  lang: z._default(z.enum(['en']), 'en'),
  motion: z._default(z.enum(['auto', 'reduce']), 'auto'),
  scale: z._default(decimal(0.5, 3), 1),
  size: z._default(z.enum(['fixed', 'auto']), 'fixed'),
  role: z._default(z.enum(['solo', 'candidate', 'interviewer', 'audience']), 'solo'),
  session: z.optional(opaque),
  learner: z.optional(opaque),
  api: z._default(flag, false),
  origin: z.optional(origin),
  results: z._default(list(z.enum(['file', 'event', 'xapi'])), ['file']),
  links: z._default(flag, true),
  keys: z._default(flag, true),
  resize: z._default(z.enum(['hotpath', 'lti']), 'hotpath'),
});

/** Every parameter, read. */
export type EmbedParameters = z.infer<typeof parameterSchema>;
/** The name of a parameter. */
export type ParameterName = keyof EmbedParameters;

const zeroOrOne = { expects: '0 or 1', choices: ['0', '1'] };
const oneOf = (...choices: string[]) => ({ expects: choices.join(', '), choices });
const one = (group: ParameterGroup, help: string, rest: Partial<Parameter>): Parameter => ({
  group,
  help,
  expects: 'text',
  default: undefined,
  ...rest,
});

/** The parameters in the order in which they are shown. */
export const parameters: Readonly<Record<ParameterName, Parameter>> = {
  lesson: one('what', 'A lesson of the course.', { expects: 'a lesson, such as why-a-cache' }),
  sim: one('what', 'A scenario of the library, running.', { expects: 'a scenario, such as home' }),
  drill: one('what', 'A drill.', { expects: 'a drill, such as homepage-stampede-11' }),
  step: one('what', 'One part of a lesson, instead of the whole.', { expects: '1 to 99' }),
  preset: one('what', 'Settings that differ from the scenario’s own.', { expects: 'cache.ttl:30s,cache.jitter:10%' }),
  seed: one('what', 'Another draw of the same run, or the variant of a drill.', { expects: '0 to 4294967295' }),
  at: one('what', 'The moment shown on arrival.', { expects: '12.5s or 10:59:00' }),
  until: one('what', 'Where the run stops.', { expects: '60s or 11:02:00' }),
  autoplay: one(
    'run',
    'A simulation, or a figure of a lesson, runs by itself on arrival; never where less motion is asked for.',
    {
      ...zeroOrOne,
      default: '0',
    },
  ),
  speed: one('run', 'Virtual seconds in one real second; without it, the scenario’s own.', { expects: '0.001 to 100' }),
  controls: one('run', 'How much there is to press.', { ...oneOf('full', 'min', 'none'), default: 'full' }),
  panels: one('run', 'What stands under the stage.', { expects: embedPanels.join(','), default: 'knobs,charts' }),
  charts: one('run', 'Which charts; without it, the scenario’s first two.', { expects: 'hit-ratio,database-rate' }),
  lock: one('run', 'The controls cannot be turned.', { ...zeroOrOne, default: '0' }),
  load: one('run', 'When it begins to work: near the screen, on a press, or at once.', {
    ...oneOf('lazy', 'click', 'now'),
    default: 'lazy',
  }),
  theme: one('look', 'Colours.', { ...oneOf(...embedThemes), default: 'auto' }),
  lang: one('look', 'Language. There is one so far.', { ...oneOf('en'), default: 'en' }),
  motion: one('look', 'Less motion, whatever the system says.', { ...oneOf('auto', 'reduce'), default: 'auto' }),
  scale: one('look', 'Size of type and marks.', { expects: '0.5 to 3', default: '1' }),
  size: one('look', 'Fills its frame, or tells the page how high it is.', {
    ...oneOf('fixed', 'auto'),
    default: 'fixed',
  }),
  role: one('people', 'Who looks at a drill.', {
    ...oneOf('solo', 'candidate', 'interviewer', 'audience'),
    default: 'solo',
  }),
  session: one('people', 'Simulations with the same word here stay in step; windows of a drill share its sheet.', {
    expects: 'letters and digits, at most 64',
  }),
  learner: one('people', 'A name for the learner that means something to the page only.', {
    expects: 'letters and digits, at most 64',
  }),
  api: one('host', 'The page around may change the run.', { ...zeroOrOne, default: '0' }),
  origin: one('host', 'The only site that may talk to it.', { expects: 'https://example.org' }),
  results: one('host', 'With xapi, the site in origin also gets statements for a record store.', {
    expects: 'file,event,xapi',
    default: 'file',
  }),
  links: one('host', 'Links lead out of the frame; 0 turns them into text.', { ...zeroOrOne, default: '1' }),
  keys: one('host', 'Slide keys that are not used here go to the page around.', { ...zeroOrOne, default: '1' }),
  resize: one('host', 'Whose way of telling the height; lti is what Canvas listens to.', {
    ...oneOf('hotpath', 'lti'),
    default: 'hotpath',
  }),
};

/** Every name, in the order of the tables. */
export const parameterNames = Object.keys(parameters) as ParameterName[];

/** Kept free for cmi5's launch: they are neither read nor complained about. */
export const reservedNames: readonly string[] = ['endpoint', 'fetch', 'actor', 'registration', 'activityId'];

/** The kinds of unit; an address names exactly one. */
export const embedKinds = ['lesson', 'sim', 'drill'] as const;
/** One of {@link embedKinds}. */
export type EmbedKind = (typeof embedKinds)[number];
