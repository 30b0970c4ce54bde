/**
 * The fourth door of the simulation for `app/`: drills. It carries the schema and the check language, so only pages that are
 * fetched when they are visited may import it. Runs are graded by `src/host/drillWorker.ts`.
 */
export type {
  AnswerForm,
  AnswerOption,
  AnswerValue,
  AskStep,
  BriefStep,
  Drill,
  DrillCard,
  DrillCheck,
  DrillCondition,
  DrillFault,
  DrillHint,
  DrillInput,
  DrillQuestion,
  DrillRubric,
  DrillRun,
  DrillSolution,
  DrillStep,
  DrillTruth,
  ExplainStep,
  InterveneStep,
  InterviewerNotes,
  ObserveStep,
  PredictStep,
  ScoreStep,
  TalkStep,
} from './drill/Drill.ts';
export {
  type AttemptLog,
  type AttemptOutcome,
  type CheckOutcome,
  type Confidence,
  createLog,
  type DrillCommand,
  type DrillLog,
  type DrillMode,
  type DrillStatus,
  type GivenAnswer,
  type HintTaken,
  type RubricGiven,
  type SettingsPatch,
  type StepTime,
  type TruthFound,
} from './drill/DrillLog.ts';
export type {
  AnswerResult,
  CheckResultLine,
  DrillResult,
  FloorScore,
  ScoreSheet,
  ScoreTotals,
  StepScore,
} from './drill/DrillResult.ts';
export { aggregateNames } from './checks/aggregates.ts';
export { answerPoints, ratioOf } from './drill/answerPoints.ts';
export { atText } from './drill/clockText.ts';
export { drillJsonSchema, drillJsonSchemaText } from './drill/drillJsonSchema.ts';
export { gradeRun, truthIn } from './drill/gradeRun.ts';
export { type DrillKey, joinDrill, splitDrill } from './drill/splitDrill.ts';
export { markdownOf } from './drill/markdownOf.ts';
export { questionOf, rubricOf, stepOf } from './drill/partsOf.ts';
export { readDrill, readDrillValue, type ScenarioLibrary } from './drill/readDrill.ts';
export { logOf, resultOf } from './drill/resultOf.ts';
export { attemptPoints, scoreSheet } from './drill/scoreSheet.ts';
export { actionsOf, scenarioOfAttempt, scenarioOfDrill } from './drill/scenarioOfDrill.ts';
export { seedFor } from './drill/seedFor.ts';
export { type Statement, statementsOf } from './drill/statementsOf.ts';
export { type PlannedTest, plannedTests } from './host/drill/plannedTests.ts';
export type { CaseResult, FromDrillWorker, ToDrillWorker } from './host/drillProtocol.ts';
