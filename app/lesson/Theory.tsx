import type { ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { formatNumber } from '../ui/format.ts';
import { goToFigure } from './goToFigure.ts';
import { useRunId } from './lessonState.ts';
import { type QuantityKind, spanUs, writeQuantity } from './quantities.ts';
import { type TheoryAsk, type TheoryPhase, useTheory } from './useTheory.ts';
import styles from './Theory.module.css';

interface TheoryProps {
  /** What is compared: `Queries when the page ends`. */
  title: string;
  /** The formula in a few signs: `1 + λD`. */
  formula: string;
  /** Name of a closed form of `src/checks/forms.ts` or `protectionForms.ts`. */
  form: string;
  /** Its arguments: expressions of the check language, in which settings stand for what the run started with. */
  given: Readonly<Record<string, string | number>>;
  /** The figure that measures it; without it, the last one that began. */
  of?: string;
  /** What was measured: a metric, or an expression like `max(database.qps)`. */
  answer: string;
  /** Seconds from the start of the run; without it, all up to now. */
  between?: readonly [from: number, to: number];
  kind?: QuantityKind;
  unit?: string;
  /** Who found it. */
  source?: string;
  /** What it leaves out of account. */
  children?: ReactNode;
}

/** What a formula says beside what the run measured, and how far apart they are. */
export function Theory(props: TheoryProps) {
  const { title, formula, form, given, of, answer, between, kind = 'count', unit, source, children } = props;
  const ask: TheoryAsk = { form, given, answer: spanned(answer, between), untilUs: spanUs(between)?.toUs ?? 0 };
  const { theory, measured, problem, phase, due, at } = useTheory(of, ask);
  const figure = useRunId(of);
  const write = (value: number | undefined) => {
    if (value !== undefined) return writeQuantity(kind, round(value, kind), unit);
    return <span className={styles.open}>{openWords[phase]}</span>;
  };
  return (
    <div role="note" className={styles.theory} aria-label={`Theory: ${title}`} data-phase={phase}>
      <p className={styles.label}>Theory and this run</p>
      <dl className={styles.pair}>
        <div>
          <dt>
            <code>{formula}</code> says
          </dt>
          <dd>{write(theory)}</dd>
        </div>
        <div>
          <dt>This run measured</dt>
          <dd>{write(measured)}</dd>
        </div>
      </dl>
      <p className={styles.title}>
        {title}
        {theory !== undefined && measured !== undefined && `: ${apart(theory, measured)}`}.
      </p>
      <p className={styles.state}>
        {stateInWords(phase, due, between !== undefined, at)}{' '}
        {figure !== undefined && (phase === 'before' || phase === 'paused') && (
          <Button kind="text" onClick={() => goToFigure(figure)}>
            Go to the figure
          </Button>
        )}
      </p>
      {problem !== '' && <p role="alert">{problem}</p>}
      {children}
      {source !== undefined && <p className={styles.source}>{source}</p>}
    </div>
  );
}

/** What stands for a number that is not there. */
const openWords: Readonly<Record<TheoryPhase, string>> = {
  before: 'with the run',
  paused: 'not measured yet',
  during: 'being measured',
  after: 'not measured',
};

/**
 * How far a comparison has come.
 * @param due the clock of the figure at which it ends. @param ends it is about a stretch. @param at the clock where a figure stands
 * still; empty where it has not begun.
 */
export function stateInWords(phase: TheoryPhase, due: string, ends: boolean, at = ''): string {
  if (phase === 'before') return 'The figure has not run yet. Both numbers come with it.';
  if (phase === 'paused') {
    const known = ends ? ` Known at ${due}.` : '';
    return at === ''
      ? `The run begins once its figure is on screen and playing.${known}`
      : `The run stands still at ${at}. It goes on while its figure is on screen and playing.${known}`;
  }
  if (phase === 'during') return ends ? `The run is on its way: known at ${due}.` : 'The run is on its way.';
  return ends ? 'This stretch of the run is over: the numbers stay.' : 'So far: both may move while the run goes on.';
}

/** An answer over a span of seconds, as the check language writes it. */
export function spanned(answer: string, between: readonly [from: number, to: number] | undefined): string {
  return between === undefined ? answer : `${answer} over ${between[0]}s..${between[1]}s`;
}

/** How far apart two numbers are, in words. */
export function apart(theory: number, measured: number): string {
  if (theory === measured) return 'the same';
  if (theory === 0 || measured === 0) return 'one of them is nothing';
  const more = measured > theory;
  const share = Math.abs(measured - theory) / Math.abs(theory);
  if (share < 0.005) return 'the same, to half a percent';
  const size = share < 1 ? `${formatNumber(share * 100)} %` : `${formatNumber(measured / theory)} times`;
  return share < 1 ? `the run is ${size} ${more ? 'higher' : 'lower'}` : `the run is ${size} as high`;
}

/** Whole things are not counted in parts. */
function round(value: number, kind: QuantityKind): number {
  return kind === 'count' && Math.abs(value) >= 100 ? Math.round(value) : value;
}
