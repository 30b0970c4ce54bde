import { type ReactNode, useEffect, useId, useRef } from 'react';
import { announce } from '../ui/announce.ts';
import { formatCount, formatDurationUs, formatNumber, formatRate, formatShare } from '../ui/format.ts';
import { type Verdict, judge } from './judge.ts';
import { useLesson, useMeasured } from './lessonState.ts';
import { NumberBet } from './NumberBet.tsx';
import styles from './Predict.module.css';

const formats = {
  count: formatCount,
  rate: formatRate,
  share: formatShare,
  duration: formatDurationUs,
  number: formatNumber,
};

interface PredictProps {
  id: string;
  question: ReactNode;
  /** What can be chosen, in the unit of the metric; without options, a number is asked for. */
  options?: readonly (number | { value: number; label: string })[];
  /** What the numbers are: µs for durations, 0..1 for shares. */
  kind?: keyof typeof formats;
  /** What is counted, in words, after the number: `reads`. */
  unit?: string;
  /** The name of the metric that decides. */
  answer: string;
  /** The figure that is bet on; without it, the last one that began. */
  of?: string;
  /** Said once the answer is known. */
  children?: ReactNode;
}

/** A bet before the run: chosen, kept in sight, and then held against what was really measured. */
export function Predict({ id, question, options, kind = 'count', unit, answer, of, children }: PredictProps) {
  const heading = useId();
  const bet = useLesson(({ bets }) => bets[id]);
  const placeBet = useLesson((state) => state.placeBet);
  const measured = useMeasured(answer, of);
  const choices = options?.map((option) => (typeof option === 'number' ? { value: option, label: '' } : option));
  const write = (value: number) => `${formats[kind](value)}${unit ? ` ${unit}` : ''}`;
  const isKnown = bet !== undefined && measured !== undefined;
  useSayOnce(isKnown ? `You bet ${write(bet)}; measured: ${write(measured)}.` : undefined);

  return (
    <section className={styles.predict} aria-labelledby={heading} id={`bet-${id}`}>
      <h3 id={heading} className={styles.heading}>
        {bet === undefined ? 'Place your bet before it runs' : 'Your bet'}
      </h3>
      <fieldset className={styles.question} disabled={isKnown}>
        <legend>{question}</legend>
        {choices ? (
          <div className={styles.options}>
            {choices.map(({ value, label }) => (
              <label key={value} className={styles.option}>
                <input type="radio" name={heading} checked={bet === value} onChange={() => placeBet(id, value)} />
                {label || formats[kind](value)}
              </label>
            ))}
          </div>
        ) : (
          <NumberBet kind={kind} unit={unit} bet={bet} onBet={(value) => placeBet(id, value)} />
        )}
      </fieldset>
      {isKnown && (
        <div className={styles.outcome}>
          <p>
            You bet {write(bet)}. Measured so far: <strong>{write(measured)}</strong>.{' '}
            {inWords(
              judge(
                bet,
                measured,
                choices?.map(({ value }) => value),
              ),
            )}
          </p>
          {children}
        </div>
      )}
    </section>
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

/** Speaks when a text first appears; not again while its numbers run on. */
function useSayOnce(text: string | undefined) {
  const said = useRef(false);
  useEffect(() => {
    if (text === undefined || said.current) return;
    said.current = true;
    announce(text);
  }, [text]);
}
