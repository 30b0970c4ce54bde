import type { Scenario, ScenarioInput } from '../scenario/schema.ts';
import type { Check, CheckUnit, Expression } from './Check.ts';
import type { ExperimentInput, ExperimentTopic } from './experimentSchema.ts';
import type { Form } from './Form.ts';

/** One of the runs that an experiment holds against each other. */
export interface Variant {
  name: string;
  title: string;
  /** The scenario with the changes of this variant, as written and as read. */
  input: ScenarioInput;
  scenario: Scenario;
}

/** A number that checks call `$name`: an expression, or a closed form with an expression for each argument. */
export type ValueSource = { name: string; unit: CheckUnit } & (
  | { expression: Expression }
  | { form: Form; args: Readonly<Record<string, Expression>> }
);

/** Something that must hold. */
export interface Expectation {
  /** As written. */
  text: string;
  check: Check;
  /** Why this margin. */
  why: string;
}

/** A number beside the claim, with a label where there are several. */
export interface Figure {
  label: string;
  text: string;
  expression: Expression;
}

/** An experiment, ready to run: times in µs, every name in it known to exist. */
export interface Experiment {
  id: string;
  title: string;
  topic: ExperimentTopic;
  claims: readonly string[];
  claim: string;
  sources: readonly string[];
  /** Id of the scenario in the library; undefined where the experiment brings its own. */
  scenarioId?: string;
  variants: readonly Variant[];
  seeds: readonly number[];
  untilUs: number;
  momentsUs: ReadonlyMap<string, number>;
  atUs: number;
  speed: number;
  values: readonly ValueSource[];
  expectations: readonly Expectation[];
  figures: { document: string; ours: readonly Figure[]; theory: readonly Figure[] };
  /** What must be said where the true figure differs; empty where it does not. */
  corrected: string;
  /** As written. */
  input: ExperimentInput;
}
