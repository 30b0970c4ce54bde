/** The only door of the simulation for `app/`. */
export type { Batch, FromWorker, RunMeta, ToWorker } from './host/protocol.ts';
export { type LatencySummary, metricColumns, type MetricColumn, type WindowBatch } from './metrics/columns.ts';
export type { NodeMeta } from './scenario/nodes.ts';
export { WindowStore } from './metrics/WindowStore.ts';
export { ladder } from './nodes/ladder.ts';
export type { Action, Scenario, ScenarioInput, Workload } from './scenario/schema.ts';
export { actionSchema, chartIds, evictionIds, scenarioSchema } from './scenario/schema.ts';
export { CAUSE, FLAG, isNotable, missCauses, OP, OUTCOME, operations, outcomes } from './spans/codes.ts';
export type { Operation, Outcome, MissCause } from './spans/codes.ts';
export { type Columns, type Row, rowAt } from './spans/columns.ts';
export { closingUs, SpanStore } from './spans/SpanStore.ts';
export { type Problem, formatProblem } from './scenario/problems.ts';
export { applyPatch } from './scenario/patch.ts';
export { readScenario } from './scenario/readScenario.ts';
export { displaySetting, formatSetting, getSetting, listSettings, readSetting, type SettingInfo, settingInfo } from './scenario/settings.ts';
export { readActions } from './scenario/readActions.ts';
export { engineVersion } from './engineVersion.ts';
export { type ClosedForm, type Expected, expectedOf } from './scenario/expected.ts';
