import * as z from 'zod/mini';
import type { ScenarioLibrary } from '../checks/readVariants.ts';
import { parseText } from '../scenario/parseScenario.ts';
import { plainCopy } from '../scenario/plainCopy.ts';
import { type Problem, problemAt, problemLimit } from '../scenario/problems.ts';
import { schemaProblems } from '../scenario/schemaProblems.ts';
import type { Drill, DrillInput } from './Drill.ts';
import { DrillReading, type DrillReadOptions, momentsOf } from './DrillReading.ts';
import { applyRules } from './drillRules.ts';
import { type DrillForm, drillSchema } from './drillSchema.ts';
import { hashOf } from './hashOf.ts';
import { placeInside } from './placeInside.ts';
import { readCases } from './readCases.ts';
import { readStep } from './readStep.ts';
import { type DrillSystem, readFaults, readSystem } from './readSystem.ts';
import { utf8Of } from './sha256.ts';

export type { ScenarioLibrary } from '../checks/readVariants.ts';
export type { DrillReadOptions } from './DrillReading.ts';

/** Bytes of UTF-8 that a drill file may have. */
export const byteLimit = 65_536;

/**
 * Reads a drill file (YAML 1.2 or JSON), whole or only its script. Never throws.
 * @param fileName only used in messages
 * @param library the scenarios that `system.scenario` may name; none unless given
 * @returns the drill, or everything that is wrong, each problem with file, line and column (`formatProblem` in reading.ts)
 */
export function readDrill(
  text: string,
  fileName: string,
  library?: ScenarioLibrary,
): { drill: Drill } | { problems: Problem[] } {
  const file = { file: fileName };
  if (text.length <= byteLimit && utf8Of(text).length > byteLimit) {
    const start = { ...file, locate: () => ({ line: 1, column: 1 }) };
    return {
      problems: [problemAt(start, [], 'value', `found more than ${byteLimit} bytes, expected at most so many`)],
    };
  }
  const parsed = parseText(text, { ...file, numberNames: true });
  // What follows a slip in YAML is noise.
  if ('problems' in parsed)
    return {
      problems: parsed.problems.filter(({ message }, at) => at === 0 || !message.startsWith('found broken YAML')),
    };
  const { value, locate } = parsed;
  const read = readDrillValue(value, library, { ...file, locate, locateInside: placeInside(text, locate) });
  if ('drill' in read) return read;
  const inOrder = [...read.problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  return { problems: inOrder };
}

/** The same for plain data of any origin, such as the script of a result. Never throws. */
export function readDrillValue(
  value: unknown,
  library?: ScenarioLibrary,
  options: DrillReadOptions = {},
): { drill: Drill } | { problems: Problem[] } {
  const { copy, problems } = plainCopy(value, options);
  if (problems.length > 0) return { problems };
  const result = z.safeParse(drillSchema, copy);
  if (!result.success) return { problems: schemaProblems(result.error.issues, copy, drillSchema, options) };
  const form = result.data;
  const system = readSystem(form, library, options);
  if ('problems' in system) return { problems: system.problems.slice(0, problemLimit) };
  return readParts(form, copy as DrillInput, system, options);
}

function readParts(
  form: DrillForm,
  written: DrillInput,
  system: DrillSystem,
  options: DrillReadOptions,
): { drill: Drill } | { problems: Problem[] } {
  const { scenario, base } = system;
  const { faults, problems } = readFaults(form, scenario, options);
  const isScript = form.part === 'script';
  const reading = new DrillReading(system, faults, isScript, options);
  reading.problems.push(...problems);
  if (isScript && form.hash === undefined)
    reading.say([], 'value', 'found a script without a hash, expected that of the whole');
  if (!isScript && form.hash !== undefined) reading.say(['hash'], 'key', 'found a hash, expected it in a script only');
  // Names of faults that could not be read would only be reported as unknown.
  if (problems.length > 0) return { problems: reading.problems.slice(0, problemLimit) };
  const steady = form.steady.flatMap((text, index) => {
    const check = reading.steady(
      text,
      ['steady', index],
      (faults.find((fault) => fault.id !== undefined) ?? faults[0])?.atUs ?? scenario.duration,
    );
    return check === undefined ? [] : [{ text, check }];
  });
  const steps = form.steps.map((step, index) => readStep(step, ['steps', index], reading, base));
  // Names that a step could not read would only be reported as missing.
  const cases = reading.problems.length > 0 ? undefined : readCases(form, steps, base, reading);
  applyRules(form, steps, cases, reading);
  if (cases === undefined || reading.problems.length > 0) return { problems: reading.problems.slice(0, problemLimit) };
  const input = { ...written, system: { ...written.system, scenario: system.written as Record<string, unknown> } };
  const { id, title, skills, level, minutes, seed, variants, strict, cards } = form;
  return {
    drill: {
      id,
      title,
      skills,
      level,
      minutes,
      seed,
      strict,
      cards,
      scenario,
      base,
      steady,
      faults,
      steps,
      cases,
      input,
      variants: variants?.from ?? [],
      part: isScript ? 'script' : 'whole',
      hash: isScript ? (form.hash as string) : hashOf(input),
      momentsUs: momentsOf(faults),
    },
  };
}
