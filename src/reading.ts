/**
 * The second door of the simulation for `app/`: everything that carries the schema with it. The first view runs without,
 * on scenarios that were read while building, so this is imported where it is needed and not before.
 */
export { type EvictionId, policyGroups, policyTitles } from './policies/policyGroups.ts';
export { type BloomSize, bloomSize, bloomStart, bloomStep } from './nodes/bloomPlaces.ts';
export { contradictionProblems } from './scenario/contradictions.ts';
export { applyPatch } from './scenario/patch.ts';
export { formatProblem } from './scenario/problems.ts';
export { readActions } from './scenario/readActions.ts';
export { readScenario } from './scenario/readScenario.ts';
export { actionSchema, evictionIds, scenarioSchema } from './scenario/schema.ts';
export {
  displaySetting,
  formatSetting,
  listSettings,
  readSetting,
  type SettingInfo,
  settingInfo,
} from './scenario/settings.ts';
export { type ClosedForm, type Expected, expectedOf } from './scenario/expected.ts';
export { murmur3Bytes } from './random/murmur3.ts';
export { type Metric, metricCatalogue, metricReader } from './metrics/catalogue.ts';
