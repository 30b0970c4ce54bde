import type { Check, CheckUnit, Expression } from '../checks/Check.ts';
import type { Action, Scenario, ScenarioInput } from '../scenario/schema.ts';
import type { DrillInput } from './drillSchema.ts';

export type { DrillInput } from './drillSchema.ts';

/**
 * A drill, read and ready to run: plain data that a worker can be sent. Virtual times are µs since the run's start, limits
 * and waits are real seconds. In a script without its key (`part: 'script'`) everything marked "key" is absent.
 */
export interface Drill {
  id: string;
  title: string;
  skills: readonly string[];
  level: 'junior' | 'mid' | 'senior';
  /** Sum of the limits of the steps. */
  minutes: number;
  /** Seed of a run that asks for none. */
  seed: number;
  /** Seeds of which each learner keeps one (`seedFor`); empty where all get `seed`. */
  variants: readonly number[];
  /** Whether the clock of a step runs on while the drill is paused. */
  strict: boolean;
  /** `script`: what a candidate's window gets; the key makes it whole again (`joinDrill`). */
  part: 'whole' | 'script';
  /** `sha256:…` of the whole drill, its scenario included; a script carries that of the whole. */
  hash: string;
  /** The untouched system, without the drill's faults: what `scenarioOfDrill` starts from. Its seed is `seed`. */
  scenario: Scenario;
  /** The same as it would stand in a file. */
  base: ScenarioInput;
  /** Must hold in the untouched run before the first fault. */
  steady: readonly DrillCondition[];
  /** What happens to the system, by time. */
  faults: readonly DrillFault[];
  /** Names of times in checks, µs: the faults that have an id. */
  momentsUs: ReadonlyMap<string, number>;
  steps: readonly DrillStep[];
  /** Key: questions for the review deck. */
  cards: readonly DrillCard[];
  /** Key: scripted learners. */
  cases: readonly DrillCase[];
  /** The file as plain data, its scenario written out, so that it reads the same wherever it goes. */
  input: DrillInput;
}

/** A condition as written, and as read. */
export interface DrillCondition {
  text: string;
  check: Check;
}

/** Something that happens to the system. */
export interface DrillFault {
  /** Name that checks can use for its time. */
  id?: string;
  atUs: number;
  /** Shown to nobody but the interviewer before it happens. A fault that is secret is in the key only. */
  secret: boolean;
  action: Action;
}

/** For the interviewer alone (key). */
export interface InterviewerNotes {
  listenFor: readonly string[];
  /** A note of several sentences; empty where there is none. */
  note: string;
}

/** A hint; the first is number 1. */
export interface DrillHint {
  text: string;
  /** Points it takes off its step. */
  cost: number;
  /** Real seconds after the start of the step before it may be opened. */
  afterS: number;
}

/** What every step has. */
export interface StepBase {
  id: string;
  /** Real seconds. */
  limitS: number;
  /** What the step may bring in all: its question, its checks and its rubric. */
  points: number;
  hints: readonly DrillHint[];
  interviewer?: InterviewerNotes;
}

/** One of the things to choose from or to put in order; ids are words like `a`. */
export interface AnswerOption {
  id: string;
  text: string;
}

/** The form of an answer. What is given is a number in `unit`, the id of an option, all ids in order, or text. */
export type AnswerForm =
  | { type: 'number'; unit: string }
  | { type: 'choice'; options: readonly AnswerOption[] }
  /** `most`: the largest first. */
  | { type: 'order'; options: readonly AnswerOption[]; direction: 'most' | 'least' }
  | { type: 'text'; minWords: number };

/** An answer as given. */
export type AnswerValue = number | string | readonly string[];

/** How a true answer is read from the untouched run: one figure, a check for each option, or a figure for each option. */
export type DrillTruth =
  | { kind: 'figure'; text: string; expression: Expression; unit: CheckUnit }
  | { kind: 'choice'; conditions: readonly (DrillCondition & { option: string })[] }
  | { kind: 'order'; figures: readonly { option: string; text: string; expression: Expression }[] };

/** Something that is asked and scored by itself. */
export interface DrillQuestion {
  ask: string;
  answer: AnswerForm;
  /** Key: the right answer, where no run has to say it. */
  correct?: AnswerValue;
  /** Key: where the right answer comes from. */
  truth?: DrillTruth;
  /** Of numbers: within `factor` times gives all points, within `half` times half of them. */
  accept: { factor: number; half: number };
  points: number;
  /** Whether the learner says how sure they are: unsure, fairly, certain. */
  confidence: boolean;
}

/** What is shown of a run. */
export interface DrillRun {
  /** End, µs; the end of the scenario unless given. */
  toUs: number;
  /** Virtual seconds a real second. */
  speed: number;
  /** Ids of charts (`src/scenario/chartIds.ts`) or figures of the check language, like `p99(read.latency)`. */
  show: readonly string[];
}

/** A check of a task. */
export interface DrillCheck extends DrillCondition {
  id: string;
  /** As written, before `from` was worked in. */
  text: string;
  /** The fault from which plain times in it count; empty: the start of the run. */
  from: string;
  points: number;
  /** A gate brings no points; where it fails, the attempt brings none at all. */
  gate: boolean;
  /** Key: not told before scoring. */
  secret: boolean;
  /** Seeds on which it must hold beside the seed of the run. */
  seeds: readonly number[];
  /** What is said when it fails, with `{observed}` and `{at}`; empty: what the check says itself. */
  fail: string;
}

/** One line of a rubric, scored by a person: level/4 of its points. */
export interface DrillRubric {
  id: string;
  /** What is judged, in words; the id unless given. */
  title: string;
  points: number;
  /** Key: behaviour by level, 4 to 1. */
  levels?: readonly { level: number; text: string }[];
}

/** Key: settings that solve a task. */
export interface DrillSolution {
  name: string;
  /** Settings by path, as written. */
  set: Readonly<Record<string, string | number | boolean>>;
}

/** Sets the scene. */
export interface BriefStep extends StepBase {
  kind: 'brief';
  text: string;
}

/** A bet, locked before anything runs. */
export interface PredictStep extends StepBase {
  kind: 'predict';
  question: DrillQuestion;
}

/** The untouched run is watched. */
export interface ObserveStep extends StepBase {
  kind: 'observe';
  text: string;
  run: DrillRun;
  question?: DrillQuestion;
}

/** Settings are changed until the checks hold. */
export interface InterveneStep extends StepBase {
  kind: 'intervene';
  task: string;
  attempts: number;
  /** Paths of settings that may be changed; all others are locked. */
  allow: readonly string[];
  run: DrillRun;
  checks: readonly DrillCheck[];
  /** Key; empty in a script. */
  solutions: readonly DrillSolution[];
}

/** A text is written or spoken; a person scores it. */
export interface ExplainStep extends StepBase {
  kind: 'explain';
  ask: string;
  answer: Extract<AnswerForm, { type: 'text' }>;
  rubric: readonly DrillRubric[];
}

/** A plain question against the clock. */
export interface AskStep extends StepBase {
  kind: 'ask';
  question: DrillQuestion;
}

/** A talk that only the interviewer leads. */
export interface TalkStep extends StepBase {
  kind: 'talk';
  text: string;
  rubric: readonly DrillRubric[];
}

/** What must be reached, and what is shown afterwards. The last step, and the only one of its kind. */
export interface ScoreStep extends StepBase {
  kind: 'score';
  pass: DrillFloors;
  reveal: readonly ('truth' | 'solutions' | 'secret')[];
}

/** Floors, all of which must be reached. Shares 0..1. */
export interface DrillFloors {
  /** Of all points. */
  total: number;
  /** Of the points of single steps, by id. */
  steps: Readonly<Record<string, number>>;
  /** Lowest level that every line of every rubric must reach; 0 where none must. */
  rubric: number;
}

/** One step of a drill. */
export type DrillStep =
  | BriefStep
  | PredictStep
  | ObserveStep
  | InterveneStep
  | ExplainStep
  | AskStep
  | TalkStep
  | ScoreStep;

/** Question and answer of a review card. */
export interface DrillCard {
  q: string;
  a: string;
}

/** What is expected of one figure of a scripted learner. */
export type CaseExpectation =
  | { of: 'check'; id: string; step: string; text: string; status: 'pass' | 'fail' | 'nodata' }
  /** `isShare`: of the points there are, 0..1; else points. */
  | {
      of: 'step' | 'total';
      id: string;
      text: string;
      comparator: '<' | '<=' | '>' | '>=' | '==';
      value: number;
      isShare: boolean;
    }
  | { of: 'pass'; id: 'pass'; text: string; pass: boolean };

/** A scripted learner: what they answer and set, and what must come of it. */
export interface DrillCase {
  name: string;
  /** By id of step. */
  answers: Readonly<Record<string, AnswerValue>>;
  /** Settings for every intervene step. */
  set: Readonly<Record<string, string | number | boolean>>;
  /** Names of solutions by id of step. */
  use: Readonly<Record<string, string>>;
  /** Levels by id of rubric line. */
  rubric: Readonly<Record<string, number>>;
  /** How many hints are opened, by id of step. */
  hints: Readonly<Record<string, number>>;
  expect: readonly CaseExpectation[];
}
