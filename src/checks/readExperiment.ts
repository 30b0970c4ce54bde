import * as z from 'zod/mini';
import { displayQuantity } from '../scenario/displayQuantity.ts';
import { plainCopy } from '../scenario/plainCopy.ts';
import { nearestName, type Problem, problemAt, problemLimit, type ReadOptions } from '../scenario/problems.ts';
import { schemaProblems } from '../scenario/schemaProblems.ts';
import type { Experiment } from './Experiment.ts';
import { type ExperimentForm, type ExperimentInput, experimentSchema } from './experimentSchema.ts';
import { ExperimentTexts, type LocateInside } from './ExperimentTexts.ts';
import { readVariants, type ScenarioLibrary } from './readVariants.ts';

/** What experiments may refer to. */
export interface ExperimentLibrary {
  scenarios: ScenarioLibrary;
  /** Ids of the claims there are; left out, any id of the right form will do. */
  claims?: readonly string[];
}

/**
 * Reads an experiment from plain data of any origin. Never throws. Every check is read and every name in it looked up, so
 * that a run can only tell whether it holds.
 * @returns the experiment with quantities in canonical units, or everything that is wrong with it (at least one problem).
 */
export function readExperiment(
  input: unknown,
  library: ExperimentLibrary,
  options: ReadOptions & { locateInside?: LocateInside } = {},
): { experiment: Experiment } | { problems: Problem[] } {
  const { copy, problems } = plainCopy(input, options);
  if (problems.length > 0) return { problems };
  const result = z.safeParse(experimentSchema, copy);
  if (!result.success) return { problems: schemaProblems(result.error.issues, copy, experimentSchema, options) };
  const form = result.data;
  const own = [...claimProblems(form, library, options), ...seedProblems(form, options)];
  const read = readVariants(form, library.scenarios, options);
  if ('problems' in read) return { problems: [...own, ...read.problems].slice(0, problemLimit) };
  const { variants } = read;
  const untilUs = form.until ?? Math.min(...variants.map(({ scenario }) => scenario.duration));
  own.push(...momentProblems(form, untilUs, options));
  const texts = new ExperimentTexts(variants, form, options);
  const { values, expectations, figures } = texts.read();
  own.push(...texts.problems);
  if (own.length > 0) return { problems: own.slice(0, problemLimit) };
  const experiment: Experiment = {
    ...headOf(form, copy as ExperimentInput),
    variants,
    untilUs,
    values,
    expectations,
    figures,
    atUs: form.at ?? variants[0].scenario.view.at,
    speed: form.speed ?? variants[0].scenario.view.speed,
    input: copy as ExperimentInput,
  };
  return { experiment };
}

type Head =
  | 'id'
  | 'title'
  | 'topic'
  | 'claims'
  | 'claim'
  | 'sources'
  | 'scenarioId'
  | 'seeds'
  | 'momentsUs'
  | 'corrected';

function headOf(form: ExperimentForm, { scenario }: ExperimentInput): Pick<Experiment, Head> {
  const { id, title, topic, claims, claim, source, seeds, moments, corrected } = form;
  return {
    id,
    title,
    topic,
    claims,
    claim,
    sources: [source].flat(),
    ...(typeof scenario === 'string' ? { scenarioId: scenario } : {}),
    seeds,
    momentsUs: new Map(Object.entries(moments)),
    corrected: corrected ?? '',
  };
}

function claimProblems({ claims }: ExperimentForm, library: ExperimentLibrary, options: ReadOptions): Problem[] {
  const known = library.claims;
  return claims.flatMap((id, index) => {
    const at = ['claims', index];
    if (claims.indexOf(id) < index)
      return [problemAt(options, at, 'value', `found ${id} a second time, expected it once`)];
    if (known === undefined || known.includes(id)) return [];
    const message = `found no claim ${id} in the catalogue, expected one of content/experiments/claims.yaml`;
    return [problemAt(options, at, 'value', message, nearestName(id, known))];
  });
}

function seedProblems({ seeds }: ExperimentForm, options: ReadOptions): Problem[] {
  return seeds.flatMap((seed, index) =>
    seeds.indexOf(seed) === index
      ? []
      : [problemAt(options, ['seeds', index], 'value', `found the seed ${seed} a second time, expected it once`)],
  );
}

function momentProblems({ moments, at, until }: ExperimentForm, untilUs: number, options: ReadOptions): Problem[] {
  const end = displayQuantity('duration', untilUs).replace('\u00a0', ' ');
  const late = (place: PropertyKey[], us: number | undefined): Problem[] =>
    us === undefined || us < untilUs
      ? []
      : [
          problemAt(
            options,
            place,
            'value',
            `found a time at or after the end of the runs, expected one before ${end}`,
          ),
        ];
  const none = until === 0 ? [problemAt(options, ['until'], 'value', 'found 0s, expected a later time')] : [];
  return [
    ...none,
    ...late(['at'], at),
    ...Object.entries(moments).flatMap(([name, us]) => late(['moments', name], us)),
  ];
}
