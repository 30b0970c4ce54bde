import type { Batch } from './protocol.ts';
import type { Action, Scenario } from '../scenario/schema.ts';
import { checkInvariants } from './invariants.ts';
import { type RandomRun, randomScenario } from './randomScenario.ts';
import { Session, simulate } from './Session.ts';

/** What to try: runs number `from` to `from + runs − 1` of a seed. */
export interface FuzzOptions {
  runs: number;
  seed: number;
  /** First run, 0 unless said. */
  from?: number;
  /** Stops after so many failures, 10 unless said. */
  maxFailures?: number;
}

/** A run that failed: what was wrong, and the line that repeats it. */
export interface FuzzFailure {
  run: number;
  problems: string[];
  repeat: string;
}

/** One run in this many is also sliced and acted upon live. */
const sliceOneIn = 10;

/** Runs random scenarios and holds each against the invariants; some also against themselves, run another way. */
export function fuzz({ runs, seed, from = 0, maxFailures = 10 }: FuzzOptions): FuzzFailure[] {
  const failures: FuzzFailure[] = [];
  for (let run = from; run < from + runs && failures.length < maxFailures; run++) {
    const problems = tryRun(randomScenario(seed, run), run % sliceOneIn === 0);
    if (problems.length === 0) continue;
    failures.push({
      run,
      problems: problems.slice(0, 5),
      repeat: `npm run hotpath -- fuzz --seed ${seed} --from ${run} --runs 1`,
    });
  }
  return failures;
}

function tryRun({ scenario, actions }: RandomRun, otherWays: boolean): string[] {
  try {
    const { session, batch } = simulate(scenario, actions);
    const problems = checkInvariants({ scenario, actions, session, batch });
    if (otherWays) problems.push(...compareWays(scenario, actions, batch.hash));
    return problems;
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

/** The same run in slices of time, in slices of events, and with its acts done live must give the same rows. */
function compareWays(scenario: Scenario, actions: readonly Action[], hash: string): string[] {
  const { duration } = scenario;
  const ways: [string, string][] = [
    ['slices of 1 ms', hashInSlices(new Session(scenario, actions), Math.max(1000, duration / 200))],
    ['slices of 10 ms', hashInSlices(new Session(scenario, actions), Math.max(10_000, duration / 50))],
    ['slices of 7 events', hashInEvents(new Session(scenario, actions), 7)],
    ['acts done live', hashActingLive(scenario, actions)],
  ];
  return ways.filter(([, found]) => found !== hash).map(([way, found]) => `${way}: hash ${found}, expected ${hash}`);
}

/** Span hash of a run advanced by `sliceUs` at a time, rows taken after each. */
export function hashInSlices(session: Session, sliceUs: number): string {
  let batch = session.take(true);
  for (let untilUs = sliceUs; !batch.finished; untilUs += sliceUs) {
    session.advance(untilUs);
    batch = session.take(true);
  }
  return batch.hash;
}

/** So many short slices show what a cut can do; taking rows costs more than the events between. */
const shortSlices = 200;

/** Span hash of a run advanced by about so many events at a time, and after a while by a hundred times as many. */
export function hashInEvents(session: Session, events: number): string {
  let batch: Batch | undefined;
  for (let slice = 0; !batch?.finished; slice++) {
    session.advance(Number.POSITIVE_INFINITY, slice < shortSlices ? events : events * 100);
    batch = session.take();
  }
  return session.take(true).hash;
}

/**
 * Span hash of a run whose acts are done when their time has come. They are given in order of time: the row of an act
 * names it by its place in the list.
 */
export function hashActingLive(scenario: Scenario, actions: readonly Action[]): string {
  const session = new Session(scenario, []);
  for (const action of actions) {
    session.advance(action.at);
    session.act(action);
  }
  session.advance(scenario.duration);
  return session.take(true).hash;
}
