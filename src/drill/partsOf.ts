import type { Drill, DrillQuestion, DrillRubric, DrillStep } from './Drill.ts';

/** The step of this id. @throws Error for one that there is not. */
export function stepOf(drill: Drill, id: string): DrillStep {
  const step = drill.steps.find((one) => one.id === id);
  if (step === undefined) throw new Error(`no step ${id}`);
  return step;
}

/** What a step asks and scores by itself, if it does. */
export function questionOf(step: DrillStep): DrillQuestion | undefined {
  return 'question' in step ? step.question : undefined;
}

/** The lines of a step that a person scores. */
export function rubricOf(step: DrillStep): readonly DrillRubric[] {
  return 'rubric' in step ? step.rubric : [];
}
