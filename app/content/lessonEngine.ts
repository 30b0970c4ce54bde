/** What of the engine lessons are checked with while building; one module, so that it is loaded once. */
export {
  checkProblems,
  checkWithSettingFigures,
  expressionProblems,
  forms,
  parseCheck,
  parseExpression,
  vocabularyOf,
  withSettingFigures,
} from '../../src/checking.ts';
export { chartIds } from '../../src/index.ts';
export { applyPatch, formatProblem, metricCatalogue, readScenario, settingInfo } from '../../src/reading.ts';
