import type { AnswerValue } from '../../drill/Drill.ts';
import type { SettingsPatch } from '../../drill/DrillLog.ts';

/** A scripted learner, for playing a drill without anybody at it. */
export interface Learner {
  answers: Readonly<Record<string, AnswerValue>>;
  /** Settings for each task, by id of step: at once, from the start of the run. */
  settings: Readonly<Record<string, SettingsPatch>>;
  rubric: Readonly<Record<string, number>>;
  hints: Readonly<Record<string, number>>;
}
