import { readScenario } from '../scenario/readScenario.ts';
import type { Scenario, ScenarioInput } from '../scenario/schema.ts';
import type { CheckContext } from './CheckScope.ts';
import { evaluateCheck, evaluateExpression } from './evaluateCheck.ts';
import { parseCheck, parseExpression } from './parseCheck.ts';
import { RunReader } from './RunReader.ts';

type Names = Omit<CheckContext, 'runs'>;

/** A small scenario for tests: two servers, keys called `menu`, a clock that starts at 11:59:58. */
export function smallScenario(more: Partial<ScenarioInput> = {}): Scenario {
  const clock = '11:59:58';
  const own = { id: 'x', title: 'X', keyName: 'menu', clock, traffic: { readers: {} }, app: { servers: 2 } };
  const read = readScenario({ scenario: 1, ...own, ...more });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.scenario;
}

/** What becomes of a check as written, against one run or several by name. @throws for one that cannot be read. */
export function judgeText(text: string, runs: RunReader | Record<string, RunReader>, names: Names = {}) {
  const read = parseCheck(text);
  if ('problem' in read) throw new Error(`${text}: ${read.problem.message}`);
  const named: Record<string, RunReader> = runs instanceof RunReader ? { only: runs } : runs;
  return evaluateCheck(read.check, { runs: new Map(Object.entries(named)), ...names });
}

/** The figure of an expression as written. @throws for one that cannot be read. */
export function figureOfText(text: string, reader: RunReader, names: Names = {}) {
  const read = parseExpression(text);
  if ('problem' in read) throw new Error(`${text}: ${read.problem.message}`);
  return evaluateExpression(read.expression, { runs: new Map([['only', reader]]), ...names });
}
