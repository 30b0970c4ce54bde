import { canonicalActions } from '../scenario/canonicalActions.ts';
import { type ActionInput, actionSchema, type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import type { Columns, Row } from '../spans/columns.ts';
import { rowAt } from '../spans/columns.ts';
import type { Evidence } from './Evidence.ts';
import { checkInvariants } from './invariants.ts';
import { simulate } from './Session.ts';

/** A good run, to be spoilt by a test that shows what the invariants see. */
export interface GoodRun {
  scenario: Partial<ScenarioInput>;
  acts?: ActionInput[];
}

/** Runs it; the scenario is a copy that may be tampered with. */
export function evidenceOf({ scenario, acts = [] }: GoodRun): Evidence {
  const parsed = scenarioSchema.parse({
    scenario: 1,
    id: 'evidence',
    title: 'Evidence',
    duration: '3s',
    ...scenario,
  });
  const actions = canonicalActions(acts.map((act) => actionSchema.parse(act)));
  return { scenario: structuredClone(parsed), actions, ...simulate(parsed, actions) };
}

/** What is found wrong with a run once something in it has been tampered with. */
export function foundAfter(run: GoodRun, tamper: (given: Evidence, rows: Columns) => void): string {
  const given = evidenceOf(run);
  tamper(given, given.batch.closed);
  return checkInvariants(given).join('\n');
}

/** Adds one to the total of a metric column. */
export function addTo(id: string): (given: Evidence) => void {
  return ({ session, batch }) => {
    batch.totals[session.world.metrics.index(id)] += 1;
  };
}

/** Index of closed row number `which` that fits, from 0; throws where there is none, so that no mistake stays unplanted. */
export function findRow(rows: Columns, fits: (row: Row) => boolean, which = 0): number {
  let left = which;
  for (let index = 0; index < rows.length; index++) if (fits(rowAt(rows, index)) && left-- === 0) return index;
  throw new Error('no such row');
}
