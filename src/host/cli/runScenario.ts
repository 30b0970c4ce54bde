import { type MetricReport, RunReport } from '../../metrics/report.ts';
import type { NodeMeta } from '../../scenario/nodes.ts';
import type { Action, Scenario } from '../../scenario/schema.ts';
import type { Columns } from '../../spans/columns.ts';
import type { Batch, RunMeta } from '../protocol.ts';
import { Session } from '../Session.ts';
import { EngineBroke } from './exit.ts';
import { inSlices } from './interrupt.ts';
import { Progress } from './Progress.ts';

/** Events in one slice: some 60 ms of work. */
const sliceEvents = 100_000;

/** What came out of a run. */
export interface Findings {
  engine: string;
  scenario: string;
  seed: number;
  untilUs: number;
  hash: string;
  requests: number;
  metrics: MetricReport;
}

/** Takes rows as they come: closed ones slice by slice, then once those still open at the end. */
export type RowReader = (rows: Columns, open: boolean, nodes: readonly NodeMeta[]) => void;

/** Runs a scenario slice by slice; keeps no rows, so that a run of hours fits. */
export async function runScenario(
  scenario: Scenario,
  actions: readonly Action[],
  untilUs: number,
  readRows: RowReader = () => {},
): Promise<Findings> {
  const session = new Session(scenario, actions);
  const { meta } = session;
  const report = new RunReport(scenario, meta.metricColumns);
  const progress = new Progress(scenario.id);
  let last: Batch | undefined;
  try {
    await inSlices(() => {
      const done = advance(session, untilUs);
      last = session.take(done);
      report.addWindows(last.windows);
      readRows(last.closed, false, meta.nodes);
      progress.tell(session.horizonUs / untilUs);
      return done;
    });
  } finally {
    progress.end();
  }
  return findings(meta, report, last as Batch, untilUs, readRows);
}

function findings(meta: RunMeta, report: RunReport, last: Batch, untilUs: number, readRows: RowReader): Findings {
  readRows(last.open, true, meta.nodes);
  const arrived = meta.metricColumns.findIndex(({ id }) => id === 'requests.arrived');
  return {
    engine: meta.engine,
    scenario: meta.scenarioId,
    seed: meta.seed,
    untilUs,
    hash: last.hash,
    requests: last.totals[arrived],
    metrics: report.build(last.totals, last.latency, untilUs),
  };
}

/** One slice. @throws EngineBroke. */
export function advance(session: Session, untilUs: number): boolean {
  try {
    return session.advance(untilUs, sliceEvents);
  } catch (error) {
    throw new EngineBroke(error, session.horizonUs);
  }
}
