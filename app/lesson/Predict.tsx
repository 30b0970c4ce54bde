import { type ReactNode, useEffect, useId, useRef } from 'react';
import { formatNumber } from '../ui/format.ts';
import { BetAgain } from './BetAgain.tsx';
import { ConfidenceChoice, confidenceWords } from './ConfidenceChoice.tsx';
import { judge, type Verdict } from './judge.ts';
import { useLesson } from './lessonState.ts';
import { NumberBet } from './NumberBet.tsx';
import styles from './Predict.module.css';
import { type QuantityKind, quantityFormats, spanUs, writeQuantity } from './quantities.ts';
import { Spoilt } from './Spoilt.tsx';
import { useDecided } from './useDecided.ts';
import { useSayOnce } from './useSayOnce.ts';

interface PredictProps {
  id: string;
  question: ReactNode;
  /** What can be chosen, in the unit of the metric; without options, a number is asked for. */
  options?: readonly (number | { value: number; label: string })[];
  /** What the numbers are: µs for durations, 0..1 for shares. */
  kind?: QuantityKind;
  /** What is counted, in words, after the number: `reads`. */
  unit?: string;
  /** The name of the metric that decides. */
  answer: string;
  /** The figure that is bet on; without it, the last one that began. */
  of?: string;
  /** The span of virtual time that decides, seconds from the start of the run; without it, all up to now. */
  between?: readonly [from: number, to: number];
  /** Said once the answer is known. */
  children?: ReactNode;
}

/** A bet before the run: chosen, kept in sight, and then held against what was really measured. */
export function Predict(props: PredictProps) {
  const { id, question, options, kind = 'count', unit, answer, of, between, children } = props;
  const name = useId();
  const bet = useLesson(({ bets }) => bets[id]);
  const placeBet = useLesson((state) => state.placeBet);
  const choices = options?.map((option) => (typeof option === 'number' ? { value: option, label: '' } : option));
  const { values, isSpoilt } = useDecided(id, [{ of, answer, span: spanUs(between) }], bet !== undefined);
  const measured = values?.[0];
  const isKnown = bet !== undefined && measured !== undefined;
  const isBet = bet !== undefined && !Number.isNaN(bet);
  const heading = useRef<HTMLParagraphElement>(null);
  useQuestion(props);

  return (
    <div className={styles.predict} id={`bet-${id}`}>
      <p ref={heading} className={styles.heading} tabIndex={-1}>
        {isBet ? 'Your bet' : 'Place your bet before it runs'}
      </p>
      <fieldset className={styles.question} disabled={isKnown}>
        <legend>{question}</legend>
        {choices ? (
          <div className={styles.options}>
            {choices.map(({ value, label }) => (
              <label key={value} className={styles.option}>
                <input type="radio" name={name} checked={bet === value} onChange={() => placeBet(id, value)} />
                {label || quantityFormats[kind](value)}
              </label>
            ))}
          </div>
        ) : (
          <NumberBet kind={kind} unit={unit} bet={isBet ? bet : undefined} onBet={(value) => placeBet(id, value)} />
        )}
      </fieldset>
      {isBet && <ConfidenceChoice id={id} isKnown={isKnown} />}
      {bet !== undefined && isSpoilt && <Spoilt />}
      {isKnown && (
        <Outcome
          id={id}
          bet={isBet ? bet : undefined}
          measured={measured}
          isFinal={between !== undefined}
          choices={choices?.map(({ value }) => value)}
          write={(value) => writeQuantity(kind, value, unit)}
          onAgain={() => heading.current?.focus()}
        >
          {children}
        </Outcome>
      )}
    </div>
  );
}

interface OutcomeProps {
  id: string;
  /** Undefined where nobody bet. */
  bet: number | undefined;
  measured: number;
  /** The span that decides is over. */
  isFinal: boolean;
  choices: readonly number[] | undefined;
  write: (value: number) => string;
  /** The bet was taken back, and this goes with it. */
  onAgain: () => void;
  children: ReactNode;
}

function Outcome({ id, bet, measured, isFinal, choices, write, onAgain, children }: OutcomeProps) {
  const confidence = useLesson((state) => state.confidence[id]);
  const settle = useLesson((state) => state.settle);
  const found = isFinal ? 'Measured' : 'Measured so far';
  const verdict = bet === undefined ? undefined : judge(bet, measured, choices);
  const kind = verdict?.kind;
  useSayOnce(`${bet === undefined ? '' : `You bet ${write(bet)}. `}${found}: ${write(measured)}.`);
  useEffect(() => {
    if (kind !== undefined) settle(id, { measured, verdict: kind });
  }, [settle, id, kind, measured]);
  return (
    <div className={styles.outcome}>
      <p>
        {bet !== undefined && `You bet ${write(bet)}. `}
        {found}: <strong>{write(measured)}</strong>.{verdict && ` ${inWords(verdict)}`}
        {confidence !== undefined && ` You were ${confidenceWords[confidence]}.`}
      </p>
      {children}
      <BetAgain id={id} onAgain={onAgain} />
    </div>
  );
}

function inWords({ kind, times }: Verdict): string {
  if (kind === 'right') return 'That is it.';
  if (kind === 'near') return 'Close: within a factor of two.';
  if (times === undefined) return 'Not that one.';
  return times > 1
    ? `It is ${formatNumber(times)} times your bet.`
    : `Your bet is ${formatNumber(1 / times)} times that.`;
}

/** Tells the lesson what this bet is about, so that a chart can draw it. */
function useQuestion({ id, of, answer, kind = 'count', unit, between }: PredictProps) {
  const ask = useLesson((state) => state.ask);
  const [from, to] = between ?? [];
  useEffect(() => {
    const span = from === undefined || to === undefined ? undefined : spanUs([from, to]);
    ask(id, { of, metric: answer, kind, unit, span });
  }, [ask, id, of, answer, kind, unit, from, to]);
}
