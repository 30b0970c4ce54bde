import { nearestName, type Problem, problemAt, type ReadOptions } from '../scenario/problems.ts';
import type { Check, CheckProblem, CheckUnit, Expression } from './Check.ts';
import { checkProblems, expressionProblems, unitOfExpression } from './checkProblems.ts';
import type { CheckScope } from './CheckScope.ts';
import type { Expectation, Experiment, Figure, ValueSource, Variant } from './Experiment.ts';
import type { ExperimentForm } from './experimentSchema.ts';
import type { Form } from './Form.ts';
import { forms } from './forms.ts';
import { parseCheck, parseExpression } from './parseCheck.ts';
import { checkWithSettingFigures, withSettingFigures } from './settingFigures.ts';
import { answerUnit, argumentClash } from './valueOfForm.ts';
import { vocabularyOf } from './vocabulary.ts';

/** Line and column of a character of a text in the document; `written` is the whole text. */
export type LocateInside = (
  keys: readonly PropertyKey[],
  offset: number,
  written: string,
) => { line: number; column: number } | undefined;

type Place = readonly PropertyKey[];

/** The checks and expressions of an experiment, read in the order in which names come to exist; gathers every problem. */
export class ExperimentTexts {
  readonly problems: Problem[] = [];
  private readonly variants: readonly Variant[];
  private readonly form: ExperimentForm;
  private readonly options: ReadOptions & { locateInside?: LocateInside };
  private readonly scope: CheckScope;
  private readonly values = new Map<string, { value: number; unit: CheckUnit }>();

  constructor(
    variants: readonly Variant[],
    form: ExperimentForm,
    options: ReadOptions & { locateInside?: LocateInside },
  ) {
    this.variants = variants;
    this.form = form;
    this.options = options;
    this.scope = {
      runs: new Map(variants.map(({ name, scenario }) => [name, vocabularyOf(scenario)])),
      values: this.values,
      moments: new Map(Object.entries(form.moments)),
    };
  }

  /** Everything that was readable; all of it where `problems` stays empty. */
  read(): Pick<Experiment, 'values' | 'expectations' | 'figures'> {
    const values = Object.entries(this.form.values).flatMap(([name, written]) => this.value(name, written));
    const expectations = this.form.expect.flatMap(({ check, why }, index): Expectation[] => {
      const read = this.check(check, ['expect', index, 'check']);
      return read === undefined ? [] : [{ text: check, why, check: read }];
    });
    const { document = '', ours, theory } = this.form.figures;
    const figures = { document, ours: this.figures(ours, 'ours'), theory: this.figures(theory, 'theory') };
    return { values, expectations, figures };
  }

  private value(name: string, written: ExperimentForm['values'][string]): ValueSource[] {
    const at = ['values', name];
    const source = typeof written === 'object' ? this.formValue(name, written, at) : this.plainValue(name, written, at);
    // A value that cannot be read still exists: its name is not what is wrong where it is used.
    this.values.set(name, { value: 1, unit: source?.unit ?? 'number' });
    return source === undefined ? [] : [source];
  }

  private plainValue(name: string, written: string | number, at: Place): ValueSource | undefined {
    const expression = this.expression(written, at);
    return expression && { name, expression, unit: unitOfExpression(expression, this.scope) };
  }

  private formValue(
    name: string,
    { form: formName, with: given }: { form: string; with: Record<string, string | number> },
    at: Place,
  ): ValueSource | undefined {
    const form: Form | undefined = Object.hasOwn(forms, formName) ? forms[formName] : undefined;
    if (form === undefined) {
      const known = Object.keys(forms);
      const message = `found no closed form "${formName}", expected one of ${known.join(', ')}`;
      this.say([...at, 'form'], 'value', message, nearestName(formName, known));
      return undefined;
    }
    const args: Record<string, Expression> = {};
    for (const [argument, kind] of Object.entries(form.args)) {
      const place = [...at, 'with', argument];
      if (!Object.hasOwn(given, argument)) {
        this.say([...at, 'with'], 'value', `found no ${argument}, which ${formName} needs: a ${kind}`);
        continue;
      }
      const expression = this.expression(given[argument], place);
      if (expression === undefined) continue;
      const clash = argumentClash(kind, unitOfExpression(expression, this.scope));
      if (clash === '') args[argument] = expression;
      else this.say(place, 'value', clash);
    }
    const names = Object.keys(form.args);
    const strange = Object.keys(given).filter((argument) => !names.includes(argument));
    for (const argument of strange) {
      const message = `found the unknown argument "${argument}", ${formName} takes ${names.join(', ')}`;
      this.say([...at, 'with', argument], 'key', message, nearestName(argument, names));
    }
    const isWhole = strange.length === 0 && names.every((argument) => Object.hasOwn(args, argument));
    return isWhole ? { name, form, args, unit: answerUnit(form) } : undefined;
  }

  private figures(written: ExperimentForm['figures']['theory'], name: 'ours' | 'theory'): Figure[] {
    if (written === undefined) return [];
    const all = typeof written === 'string' ? [{ label: '', value: written }] : written;
    return all.flatMap(({ label, value }, index): Figure[] => {
      const at = typeof written === 'string' ? ['figures', name] : ['figures', name, index, 'value'];
      const expression = this.expression(value, at);
      return expression === undefined ? [] : [{ label, text: value, expression }];
    });
  }

  private check(written: string, at: Place): Check | undefined {
    const parsed = parseCheck(written);
    if ('problem' in parsed) return this.sayInside(at, written, parsed.problem);
    const check = checkWithSettingFigures(parsed.check, this.variants);
    const problems = checkProblems(check, this.scope);
    for (const problem of problems) this.sayInside(at, written, problem);
    return problems.length === 0 ? check : undefined;
  }

  private expression(written: string | number, at: Place): Expression | undefined {
    const text = String(written);
    const parsed = parseExpression(text);
    if ('problem' in parsed) return this.sayInside(at, text, parsed.problem);
    const expression = withSettingFigures(parsed.expression, this.variants);
    const problems = expressionProblems(expression, this.scope);
    for (const problem of problems) this.sayInside(at, text, problem);
    return problems.length === 0 ? expression : undefined;
  }

  private say(at: Place, on: 'key' | 'value', message: string, nearest?: string): void {
    this.problems.push(problemAt(this.options, at, on, message, nearest));
  }

  private sayInside(at: Place, written: string, { message, offset, nearest }: CheckProblem): undefined {
    const place = this.options.locateInside?.(at, offset, written);
    // Most messages of checks name it themselves.
    const hint = message.includes('did you mean') ? undefined : nearest;
    this.problems.push({ ...problemAt(this.options, at, 'value', message, hint), ...place });
  }
}
