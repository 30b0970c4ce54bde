import * as z from 'zod/mini';
import { canonicalActions } from './canonicalActions.ts';
import { actionProblems } from './meaning.ts';
import { plainCopy } from './plainCopy.ts';
import type { Problem, ReadOptions } from './problems.ts';
import { type Action, type ActionInput, actionSchema, type Scenario } from './schema.ts';
import { schemaProblems } from './schemaProblems.ts';

/** A person acts a few hundred times at most; a link cannot hold many more. */
export const actionLimit = 5000;

const actionsSchema = z.object({ actions: z.array(actionSchema).check(z.maxLength(actionLimit)) });

/**
 * Reads a list of acts upon a scenario from plain data of any origin. Never throws. The order stays as it was.
 * @returns the acts with their times in µs and the values of `set` in canonical units, beside the list as written; or
 * everything that is wrong, with paths like `actions[3].node`.
 */
export function readActions(
  list: unknown,
  scenario: Scenario,
  options: ReadOptions = {},
): { actions: Action[]; inputs: ActionInput[] } | { problems: Problem[] } {
  const { copy, problems } = plainCopy({ actions: list }, options, actionLimit * 8);
  if (problems.length > 0) return { problems };
  const result = z.safeParse(actionsSchema, copy);
  if (!result.success) return { problems: schemaProblems(result.error.issues, copy, actionsSchema, options) };
  const { actions } = result.data;
  const meaning = actionProblems(actions, ['actions'], scenario, options);
  return meaning.length > 0
    ? { problems: meaning }
    : { actions: canonicalActions(actions), inputs: (copy as { actions: ActionInput[] }).actions };
}
