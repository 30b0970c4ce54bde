import { sayQuantity } from '../checks/sayQuantity.ts';
import type { CheckUnit } from '../checks/Check.ts';
import type { AnswerValue } from './Drill.ts';
import type { AnswerResult, CheckResultLine, DrillResult } from './DrillResult.ts';

/** A result as a score sheet of one page, in Markdown. What people wrote is escaped: it stays text wherever it is shown. */
export function markdownOf(result: DrillResult): string {
  const { drill, seed, mode, status, startedAt, real, extraTime, engine } = result;
  const extra = extraTime === 1 ? '' : extraTime === 0 ? ' · no time limits' : ` · extra time ×${extraTime}`;
  const parts = [
    `# ${plain(drill.title)}`,
    verdictOf(result),
    `${startedAt} · ${timeOf(real)} · ${mode} · ${status} · seed ${seed}${extra}`,
    section('Steps', stepTable(result)),
    section('Predictions', answerTable(result.predictions)),
    section('Answers', answerTable(result.answers)),
    section('Attempts', attemptLines(result)),
    section('Rubric', rubricTable(result)),
    section(
      'Hints',
      result.hints.map(({ step, n, cost, real: at }) => `- ${step}, hint ${n} at ${timeOf(at)}: −${cost}`),
    ),
    section(
      'Notes',
      result.notes.map(({ real: at, text }) => `- ${timeOf(at)} ${plain(text)}`),
    ),
    `Script ${drill.hash} · engine ${engine}. \`hotpath drill verify\` runs it again; answers, times and levels are as given.`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function verdictOf({ totals, incomplete, floors }: DrillResult): string {
  const { auto, human, hints, total, max, pass } = totals;
  const sums = `${points(auto)} by the engine, ${points(human)} by a person, ${points(hints)} for hints`;
  const verdict = pass === null ? 'incomplete' : pass ? 'passed' : 'not passed';
  const missing = incomplete.length === 0 ? '' : ` Not scored yet: ${incomplete.map(plain).join(', ')}.`;
  const low = floors
    .filter(({ met }) => !met)
    .map(({ name, needed }) => `${plain(name)} needs ${floorOf(name, needed)}`);
  const below = low.length === 0 ? '' : ` Below its floor: ${low.join(', ')}.`;
  return `**${points(total)} of ${points(max)} points: ${verdict}** (${sums}).${missing}${below}`;
}

function floorOf(name: string, needed: number): string {
  return name === 'rubric' ? `level ${needed}` : `${points(needed * 100)} %`;
}

function stepTable({ steps }: DrillResult): string[] {
  const rows = steps.map(({ id, kind, auto, human, hints, points: got, max, real, limit, skipped, expired }) => {
    const end = skipped ? 'skipped' : expired ? 'time ran out' : '';
    const time = real === null ? '–' : `${timeOf(real)} of ${timeOf(limit)}`;
    return [id, kind, time, points(auto), points(human), points(hints), `${points(got)} of ${points(max)}`, end];
  });
  return table(['step', 'kind', 'time', 'engine', 'person', 'hints', 'points', ''], rows);
}

function answerTable(lines: readonly AnswerResult[]): string[] {
  if (lines.length === 0) return [];
  const rows = lines.map(({ step, given, truth, ratio, confidence, points: got, max }) => {
    const off = ratio === null ? '–' : `×${ratio}`;
    return [step, said(given), said(truth), off, confidence ?? '–', `${points(got)} of ${points(max)}`];
  });
  return table(['step', 'given', 'right', 'off by', 'sure', 'points'], rows);
}

function attemptLines({ attempts, checks, commands }: DrillResult): string[] {
  return attempts.flatMap(({ step, attempt, points: got, best }) => {
    const set = commands.flatMap((command) => {
      if (!('set' in command) || command.step !== step || command.attempt !== attempt) return [];
      const from = command.us === 0 ? '' : `from ${command.t} `;
      return Object.entries(command.set).map(([path, value]) => `${from}\`${code(path)} = ${code(String(value))}\``);
    });
    const counts = best ? ', counts' : '';
    const head = `- ${step}, attempt ${attempt}: ${set.join(', ') || 'nothing changed'} (${points(got)} points${counts})`;
    const own = checks.filter((check) => check.step === step && check.attempt === attempt);
    return [head, ...(best ? own.map(checkLine) : [])];
  });
}

function checkLine({ id, status, expect, observed, unit, at, message }: CheckResultLine): string {
  const figure = observed === null ? '' : `, found ${sayQuantity(observed, (unit ?? 'count') as CheckUnit)}`;
  const moment = at === null ? '' : ` at ${at}`;
  return `  - ${status} ${id}: \`${code(expect)}\`${figure}${moment}${status === 'pass' ? '' : `. ${plain(message)}`}`;
}

function rubricTable({ rubric }: DrillResult): string[] {
  if (rubric.length === 0) return [];
  const rows = rubric.map(({ id, level, points: got, max, by, note }) => {
    return [
      id,
      level === null ? 'not scored' : `${level} of 4`,
      `${points(got)} of ${points(max)}`,
      by ?? '–',
      plain(note),
    ];
  });
  return table(['line', 'level', 'points', 'by', 'note'], rows);
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `## ${title}\n\n${lines.join('\n')}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function said(value: AnswerValue | null): string {
  if (value === null) return '–';
  if (typeof value === 'number') return String(Number(value.toPrecision(4)));
  const text = typeof value === 'string' ? value : value.join(', ');
  return plain(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}

function points(value: number): string {
  return String(Math.round(value * 100) / 100).replace('-', '−');
}

function timeOf(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** Text that means nothing to Markdown or HTML, on one line. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|~!&]/g, (sign) => `\\${sign}`);
}

/** Text inside a code span of a table or a list. */
function code(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('`', "'").replaceAll('|', '∣');
}
