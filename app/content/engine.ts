import { join } from 'node:path';
import { runnerImport } from 'vite';
import type { Problem, Scenario, ScenarioInput } from '../../src/index.ts';

type ParseScenario = (
  text: string,
  options: { file: string },
) => { input: ScenarioInput; scenario: Scenario } | { problems: Problem[] };

const loading = new Map<string, Promise<ParseScenario>>();

/**
 * The engine's own reader of scenario files, for use while building. It is loaded when the first file is read and not with
 * the configuration, so that tests and the dev server start without the engine, and do not restart at each of its changes.
 * @param root the project's folder.
 */
export function scenarioParser(root: string): Promise<ParseScenario> {
  const known = loading.get(root) ?? load(root);
  loading.set(root, known);
  return known;
}

/** Forgets the reader, so that the next file is read by the engine as it now is. */
export function forgetScenarioParser(): void {
  loading.clear();
}

async function load(root: string): Promise<ParseScenario> {
  const file = join(root, 'src/scenario/parseScenario.ts');
  const { module } = await runnerImport<{ parseScenario: ParseScenario }>(file, { root, configFile: false });
  return module.parseScenario;
}
