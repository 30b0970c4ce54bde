/**
 * The door of the simulation for what judges a run while it is on screen: the language of checks and the closed forms. It
 * is heavier than any view, so it is imported where there is something to judge and not before.
 */
export { type Check, type CheckUnit, type Expression, aggregationsOf, expressionsOf } from './checks/Check.ts';
export type { CheckResult } from './checks/CheckResult.ts';
export { expressionProblems, checkProblems } from './checks/checkProblems.ts';
export type { CheckContext } from './checks/CheckScope.ts';
export { evaluateCheck, evaluateExpression } from './checks/evaluateCheck.ts';
export { forms } from './checks/forms.ts';
export { parseCheck, parseExpression } from './checks/parseCheck.ts';
export { resolveMeasure } from './checks/resolveMeasure.ts';
export { createRunReader, type RunData, type RunReader } from './checks/RunReader.ts';
export { sayQuantity } from './checks/sayQuantity.ts';
export { checkWithSettingFigures, withSettingFigures } from './checks/settingFigures.ts';
export { valueOfForm } from './checks/valueOfForm.ts';
export { vocabularyOf } from './checks/vocabulary.ts';
export { copyRow, createColumns } from './spans/columns.ts';
