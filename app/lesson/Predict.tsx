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
  const measured = useMeasured(answer, of, between && { fromUs: between[0] * 1e6, toUs: between[1] * 1e6 });
  const choices = options?.map((option) => (typeof option === 'number' ? { value: option, label: '' } : option));
  const write = (value: number) => `${formats[kind](value)}${unit ? ` ${unit}` : ''}`;
  const isKnown = bet !== undefined && measured !== undefined;
  const isBet = bet !== undefined && !Number.isNaN(bet);
  const found = between ? 'Measured' : 'Measured so far';
  useSayOnce(isKnown ? `${isBet ? `You bet ${write(bet)}. ` : ''}${found}: ${write(measured)}.` : undefined);

  return (
    <div className={styles.predict} id={`bet-${id}`}>
      <p className={styles.heading}>{isBet ? 'Your bet' : 'Place your bet before it runs'}</p>
      <fieldset className={styles.question} disabled={isKnown}>
        <legend>{question}</legend>
        {choices ? (
          <div className={styles.options}>
            {choices.map(({ value, label }) => (
              <label key={value} className={styles.option}>
                <input type="radio" name={name} checked={bet === value} onChange={() => placeBet(id, value)} />
                {label || formats[kind](value)}
              </label>
            ))}
          </div>
        ) : (
          <NumberBet kind={kind} unit={unit} bet={isBet ? bet : undefined} onBet={(value) => placeBet(id, value)} />
        )}
      </fieldset>
      {isKnown && (
        <div className={styles.outcome}>
          <p>
            {isBet && `You bet ${write(bet)}. `}
            {found}: <strong>{write(measured)}</strong>.
            {isBet &&
              ` ${inWords(
                judge(
                  bet,
                  measured,
                  choices?.map(({ value }) => value),
                ),
              )}`}
          </p>
          {children}
        </div>
      )}
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

/** Speaks when a text first appears; not again while its numbers run on. */
function useSayOnce(text: string | undefined) {
  const said = useRef(false);
  useEffect(() => {
    if (text === undefined || said.current) return;
    said.current = true;
    announce(text);
  }, [text]);
}
