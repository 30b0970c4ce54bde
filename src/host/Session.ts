import { features } from '../scenario/features.ts';
import type { Action, Scenario } from '../scenario/schema.ts';
import { PlainSession } from './PlainSession.ts';
import type { Batch, RunMeta } from './protocol.ts';

/** One run with everything that the engine can do: what tests, commands and experiments use. */
export class Session extends PlainSession {
  constructor(scenario: Scenario, actions: readonly Action[]) {
    super(scenario, actions, features);
  }
}

/** Runs a scenario from start to `untilUs` in one go. Throws SimulationStuck when time stands still. */
export function simulate(
  scenario: Scenario,
  actions: readonly Action[] = [],
  untilUs = scenario.duration,
): { meta: RunMeta; batch: Batch; session: Session } {
  const session = new Session(scenario, actions);
  session.advance(untilUs);
  return { meta: session.meta, batch: session.take(true), session };
}
