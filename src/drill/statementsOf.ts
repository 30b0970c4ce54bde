import type { AnswerForm, AnswerValue, Drill } from './Drill.ts';
import type { AnswerResult, CheckResultLine, DrillResult } from './DrillResult.ts';
import { isoAfter, isoDuration } from './isoTime.ts';
import { readDrillValue } from './readDrill.ts';
import { sha256 } from './sha256.ts';

/** An xAPI statement; the host adds `actor` where it has one. */
export interface Statement {
  id: string;
  actor?: Readonly<Record<string, unknown>>;
  verb: { id: string; display: Record<string, string> };
  object: { objectType: 'Activity'; id: string; definition: Record<string, unknown> };
  result?: Record<string, unknown>;
  context: Record<string, unknown>;
  timestamp: string;
}

/**
 * A result as xAPI statements: `answered` for each question that was answered and each check of the attempt that counts,
 * then `passed` or `failed` (neither while it is incomplete), and `completed` or `terminated`.
 * @source ADL, Experience API 1.0.3, part two: statements, interaction activities; verbs of ADL's vocabulary.
 */
export function statementsOf(result: Omit<DrillResult, 'statements'>): Statement[] {
  const writer = new StatementWriter(result);
  const read = readDrillValue(result.script);
  const forms = 'drill' in read ? formsOf(read.drill) : new Map<string, { ask: string; form: AnswerForm }>();
  const statements: Statement[] = [];
  for (const line of [...result.predictions, ...result.answers]) {
    const asked = forms.get(line.step);
    if (line.given !== null && asked !== undefined) statements.push(writer.answer(line, asked.ask, asked.form));
  }
  for (const check of result.checks) {
    const attempt = result.attempts.find((one) => one.step === check.step && one.attempt === check.attempt);
    if (attempt?.best) statements.push(writer.check(check));
  }
  const { pass } = result.totals;
  if (pass !== null && result.status !== 'aborted') statements.push(writer.whole(pass ? 'passed' : 'failed'));
  statements.push(writer.whole(result.status === 'completed' ? 'completed' : 'terminated'));
  return statements;
}

function formsOf(drill: Drill): Map<string, { ask: string; form: AnswerForm }> {
  const forms = new Map<string, { ask: string; form: AnswerForm }>();
  for (const step of drill.steps) {
    if (step.kind === 'explain') forms.set(step.id, { ask: step.ask, form: step.answer });
    else if ('question' in step && step.question !== undefined)
      forms.set(step.id, { ask: step.question.ask, form: step.question.answer });
  }
  return forms;
}

type Verb = 'answered' | 'passed' | 'failed' | 'completed' | 'terminated';

class StatementWriter {
  private count = 0;
  private readonly result: Omit<DrillResult, 'statements'>;
  private readonly site: string;
  private readonly activity: string;

  constructor(result: Omit<DrillResult, 'statements'>) {
    this.result = result;
    this.site = result.site;
    this.activity = `${result.site}/drill/${result.drill.id}`;
  }

  answer(
    { step, given, truth, points, max, confidence, real }: AnswerResult,
    ask: string,
    form: AnswerForm,
  ): Statement {
    const definition = { ...interactionOf(form, truth), description: { en: ask } };
    const isScored = max > 0 && (truth !== null || form.type === 'text');
    const took = this.result.steps.find(({ id }) => id === step)?.real ?? null;
    return this.statement('answered', `${this.activity}/${step}`, definition, real, {
      response: written(given),
      ...(took === null ? {} : { duration: isoDuration(took) }),
      ...(isScored ? { score: scoreOf(points, max), success: points === max } : {}),
      ...(confidence === null ? {} : { extensions: { [`${this.site}/x/confidence`]: confidence } }),
    });
  }

  check({ step, id, expect, status, observed, points, message, attempt }: CheckResultLine): Statement {
    const definition = {
      type: interactionType,
      interactionType: 'performance',
      name: { en: id },
      description: { en: expect },
      steps: [{ id, description: { en: expect } }],
    };
    const real = this.result.attempts.find((one) => one.step === step && one.attempt === attempt)?.real ?? null;
    return this.statement('answered', `${this.activity}/${step}/${id}`, definition, real, {
      response: `${id}[.]${observed ?? status}`,
      success: status === 'pass',
      extensions: { [`${this.site}/x/points`]: points, [`${this.site}/x/message`]: message },
    });
  }

  whole(verb: Exclude<Verb, 'answered'>): Statement {
    const { totals, status, duration, real, drill } = this.result;
    const definition = { type: 'http://adlnet.gov/expapi/activities/assessment', name: { en: drill.title } };
    return this.statement(verb, this.activity, definition, real, {
      score: scoreOf(totals.total, totals.max),
      ...(totals.pass === null ? {} : { success: totals.pass }),
      completion: status === 'completed',
      duration,
    });
  }

  private statement(
    verb: Verb,
    activity: string,
    definition: Record<string, unknown>,
    real: number | null,
    result: Record<string, unknown>,
  ): Statement {
    const { seed, drill, mode, startedAt, learner = '' } = this.result;
    const isWhole = activity === this.activity;
    return {
      id: uuidOf(`${drill.hash} ${startedAt} ${seed} ${mode} ${learner} ${this.count++}`),
      verb: { id: `http://adlnet.gov/expapi/verbs/${verb}`, display: { en: verb } },
      object: { objectType: 'Activity', id: activity, definition },
      result,
      context: {
        ...(isWhole ? {} : { contextActivities: { parent: [{ objectType: 'Activity', id: this.activity }] } }),
        extensions: { [`${this.site}/x/seed`]: seed, [`${this.site}/x/script-hash`]: drill.hash },
      },
      timestamp: isoAfter(startedAt, real ?? 0),
    };
  }
}

const interactionType = 'http://adlnet.gov/expapi/activities/cmi.interaction';

function interactionOf(form: AnswerForm, truth: AnswerValue | null): Record<string, unknown> {
  const correct = truth === null ? {} : { correctResponsesPattern: [written(truth)] };
  if (form.type === 'number') return { type: interactionType, interactionType: 'numeric', ...correct };
  if (form.type === 'text') return { type: interactionType, interactionType: 'long-fill-in' };
  const choices = form.options.map(({ id, text }) => ({ id, description: { en: text } }));
  const kind = form.type === 'choice' ? 'choice' : 'sequencing';
  return { type: interactionType, interactionType: kind, choices, ...correct };
}

function written(value: AnswerValue | null): string {
  return Array.isArray(value) ? value.join('[,]') : String(value);
}

function scoreOf(raw: number, max: number): Record<string, number> {
  return { scaled: max === 0 ? 0 : Math.max(0, Math.min(1, raw / max)), raw, min: 0, max };
}

/** An id that is always the same for the same statement, in the form of RFC 4122 (version 5, cut from SHA-256). */
function uuidOf(name: string): string {
  const digits = sha256(name);
  const variant = '89ab'[Number.parseInt(digits[16], 16) % 4];
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `5${digits.slice(13, 16)}`,
    variant + digits.slice(17, 20),
    digits.slice(20, 32),
  ].join('-');
}
