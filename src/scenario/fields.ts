import * as z from 'zod/mini';
import { formatQuantity, parseQuantity, quantityExamples, type QuantityKind } from './units.ts';

/** What a field tells the person and the controls about itself, beside its validation. */
export interface FieldInfo {
  kind: QuantityKind | 'choice' | 'flag' | 'text';
  title: string;
  help: string;
  /** Canonical bounds, in the kind's unit (µs, per second, share, bytes). */
  min?: number;
  max?: number;
  /** A sensible range for a slider, inside the bounds. */
  slider?: { from: number; to: number; scale: 'linear' | 'log' };
  choices?: readonly string[];
  /** False where a change needs a new run from the start. */
  live: boolean;
  /** `none` is allowed and means the feature is off (canonical value Infinity). */
  orNone?: boolean;
  /** What a count counts, in the plural: entries, servers. */
  unit?: string;
}

const infos = new WeakMap<object, FieldInfo>();

/** What is known of a field's schema, if it is one of ours. */
export function fieldInfo(schema: object): FieldInfo | undefined {
  return infos.get(schema);
}

type Options = {
  title: string;
  help: string;
  default: string | number;
  min?: string | number;
  max?: string | number;
  slider?: [from: string | number, to: string | number, scale?: 'linear' | 'log'];
  live?: boolean;
  orNone?: boolean;
  unit?: string;
};

/**
 * A quantity with its unit as people write it; the parsed value is in the kind's canonical unit.
 * `none` (where allowed) parses to Infinity.
 */
export function quantity(kind: QuantityKind, options: Options) {
  const canonical = (value: string | number): number => {
    const parsed = parseQuantity(kind, value);
    if (parsed === undefined) throw new Error(`not ${quantityExamples[kind]}: ${value}`);
    return parsed;
  };
  const min = options.min === undefined ? undefined : canonical(options.min);
  const max = options.max === undefined ? undefined : canonical(options.max);
  const bounds = `${min === undefined ? '' : ` from ${formatQuantity(kind, min)}`}${max === undefined ? '' : ` to ${formatQuantity(kind, max)}`}`;
  const expected = `expected ${quantityExamples[kind]}${options.orNone ? ', or none' : ''}${bounds ? `,${bounds}` : ''}`;
  const schema = z.prefault(
    z.pipe(
      z.union([z.string(), z.number()], { error: () => expected }),
      z.transform((value: string | number, context): number => {
        if (options.orNone && value === 'none') return Number.POSITIVE_INFINITY;
        const parsed = parseQuantity(kind, value);
        if (parsed === undefined || (min !== undefined && parsed < min) || (max !== undefined && parsed > max)) {
          context.issues.push({ code: 'custom', input: value, message: expected });
          return 0;
        }
        return parsed;
      }),
    ),
    options.default,
  );
  infos.set(schema, {
    kind,
    title: options.title,
    help: options.help,
    min,
    max,
    slider: options.slider && {
      from: canonical(options.slider[0]),
      to: canonical(options.slider[1]),
      scale: options.slider[2] ?? 'linear',
    },
    live: options.live ?? true,
    orNone: options.orNone,
    unit: options.unit,
  });
  return schema;
}

/** One of a list of names. */
export function choice<const T extends readonly [string, ...string[]]>(
  choices: T,
  options: { title: string; help: string; default: T[number]; live?: boolean },
) {
  const schema = z._default(z.enum(choices, { error: () => `expected one of ${choices.join(', ')}` }), options.default);
  infos.set(schema, { kind: 'choice', title: options.title, help: options.help, choices, live: options.live ?? true });
  return schema;
}

/** On or off. */
export function flag(options: { title: string; help: string; default: boolean; live?: boolean }) {
  const schema = z._default(z.boolean({ error: () => 'expected true or false' }), options.default);
  infos.set(schema, { kind: 'flag', title: options.title, help: options.help, live: options.live ?? true });
  return schema;
}

/** A required point or span of virtual time, written with its unit; µs once read. */
export function moment(options: { max: string }) {
  const max = parseQuantity('duration', options.max) as number;
  const expected = `expected ${quantityExamples.duration}, from 0s to ${options.max}`;
  return z.pipe(
    z.union([z.string(), z.number()], { error: () => expected }),
    z.transform((value: string | number, context): number => {
      const parsed = parseQuantity('duration', value);
      if (parsed === undefined || parsed < 0 || parsed > max) {
        context.issues.push({ code: 'custom', input: value, message: expected });
        return 0;
      }
      return parsed;
    }),
  );
}

/** Text of some length at most. */
export const text = (max: number) =>
  z.string().check(z.maxLength(max, { error: `expected text of at most ${max} characters` }));
