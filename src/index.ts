/** The door of the simulation for `app/`: what every view needs. What carries the schema is behind `reading.ts`. */
export { engineVersion } from './engineVersion.ts';
export type { FromExperimentWorker, ToExperimentWorker } from './host/experimentProtocol.ts';
export type { ExperimentRun } from './host/experiments/runExperiment.ts';
export type { FigureMedian, Verdict } from './host/experiments/verdictOf.ts';
export type { Batch, FromWorker, RunMeta, ToWorker } from './host/protocol.ts';
export { type LatencySummary, type MetricColumn, metricColumns, type WindowBatch } from './metrics/columns.ts';
export { WindowStore } from './metrics/WindowStore.ts';
export { ladder } from './nodes/ladder.ts';
export { chartIds } from './scenario/chartIds.ts';
export type { NodeMeta } from './scenario/nodes.ts';
export type { Problem } from './scenario/problems.ts';
export type { Action, Scenario, ScenarioInput, Workload } from './scenario/schema.ts';
export { settingValue } from './scenario/settingValue.ts';
export type { MissCause, Operation, Outcome } from './spans/codes.ts';
export { CAUSE, FLAG, isInstant, isNotable, missCauses, OP, OUTCOME, operations, outcomes } from './spans/codes.ts';
export { type Columns, type Row, rowAt } from './spans/columns.ts';
export { closingUs, SpanStore } from './spans/SpanStore.ts';
