import { type ReactNode, useEffect, useRef, useState } from 'react';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/Button.tsx';
import { BetAgain } from './BetAgain.tsx';
import { ConfidenceChoice, confidenceWords } from './ConfidenceChoice.tsx';
import { isPlaced, useLesson } from './lessonState.ts';
import { OrderRow } from './OrderRow.tsx';
import styles from './Predict.module.css';
import { type QuantityKind, spanUs, writeQuantity } from './quantities.ts';
import { moved, rank, type Ranking } from './ranking.ts';
import { Spoilt } from './Spoilt.tsx';
import { useDecided } from './useDecided.ts';
import { useSayOnce } from './useSayOnce.ts';

interface OrderItem {
  label: string;
  /** The figure that decides; without it, the last one that began. */
  of?: string;
  /** Its metric. */
  answer: string;
  /** Seconds from the start of the run. */
  between?: readonly [from: number, to: number];
}

interface PredictOrderProps {
  id: string;
  question: ReactNode;
  items: readonly OrderItem[];
  /** What comes first: the largest or the smallest value. */
  direction?: 'most' | 'least';
  kind?: QuantityKind;
  unit?: string;
  /** Said once the values are known. */
  children?: ReactNode;
}

/** A bet on an order: items are moved up and down, the order is placed, and the measured values say the true one. */
export function PredictOrder(props: PredictOrderProps) {
  const { id, question, items, direction = 'most', kind = 'count', unit, children } = props;
  const placed = useLesson(({ orders }) => orders[id]);
  const isPassed = useLesson((state) => isPlaced(state, id)) && placed === undefined;
  const placeOrder = useLesson((state) => state.placeOrder);
  const { draft, move, list } = useDraft(items);
  const isOpen = placed !== undefined || isPassed;
  const wanted = items.map(({ of, answer, between }) => ({ of, answer, span: spanUs(between) }));
  const { values, isSpoilt } = useDecided(id, wanted, isOpen);
  const isKnown = values !== undefined && isOpen;
  const isMovable = placed === undefined && !isKnown;
  const ranking = isKnown ? rank(values, placed ?? draft, direction) : undefined;
  const order = placed ?? ranking?.sorted ?? draft;
  const heading = useRef<HTMLParagraphElement>(null);
  const first = direction === 'most' ? 'Most first.' : 'Least first.';
  return (
    <div className={styles.predict} id={`bet-${id}`}>
      <p ref={heading} className={styles.heading} tabIndex={-1}>
        {placed ? 'Your order' : 'Place your bet before it runs'}
      </p>
      <div className={styles.question}>
        <p className={styles.legend}>
          {question} {first}
        </p>
        <ol ref={list} className={styles.order}>
          {order.map((item, place) => (
            <OrderRow
              key={item}
              item={item}
              label={items[item].label}
              place={place}
              count={items.length}
              onMove={isMovable ? (by) => move(place, by) : undefined}
              value={isKnown ? writeQuantity(kind, values[item], unit) : undefined}
              verdict={ranking && placed && placeInWords(ranking, item, place)}
            />
          ))}
        </ol>
        {isMovable && (
          <div className={styles.place}>
            <Button
              kind="primary"
              onClick={() => {
                placeOrder(id, draft);
                heading.current?.focus();
              }}
            >
              Place this order
            </Button>
          </div>
        )}
      </div>
      {placed && <ConfidenceChoice id={id} isKnown={isKnown} />}
      {isOpen && isSpoilt && <Spoilt />}
      {isKnown && (
        <OrderOutcome
          id={id}
          items={items}
          values={values}
          placed={placed}
          direction={direction}
          onAgain={() => heading.current?.focus()}
        >
          {children}
        </OrderOutcome>
      )}
    </div>
  );
}

/** The order while it is being made. After a move the focus stays with the item, on the button that can still be pressed. */
function useDraft(items: readonly OrderItem[]) {
  const [draft, setDraft] = useState<readonly number[]>(() => items.map((_, item) => item));
  const list = useRef<HTMLOListElement>(null);
  const focusOn = useRef<{ item: number; by: number } | null>(null);
  useEffect(() => {
    const last = focusOn.current;
    focusOn.current = null;
    if (last === null) return;
    const buttons = list.current?.querySelectorAll<HTMLButtonElement>(`[data-item="${last.item}"] button`);
    const [up, down] = buttons ?? [];
    (last.by < 0 ? (up?.disabled ? down : up) : down?.disabled ? up : down)?.focus();
    // After each move, once the buttons stand in their new places.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [draft]);

  const move = (place: number, by: -1 | 1) => {
    const next = moved(draft, place, by);
    focusOn.current = { item: draft[place], by };
    setDraft(next);
    announce(`${items[draft[place]].label}: place ${next.indexOf(draft[place]) + 1} of ${items.length}`);
  };
  return { draft, move, list };
}

function placeInWords({ fits, places }: Ranking, item: number, place: number): string {
  return fits[place] ? 'right' : `really place ${places[item] + 1}`;
}

interface OrderOutcomeProps {
  id: string;
  items: readonly OrderItem[];
  values: readonly number[];
  placed: readonly number[] | undefined;
  direction: 'most' | 'least';
  /** The order was taken back, and this goes with it. */
  onAgain: () => void;
  children: ReactNode;
}

function OrderOutcome({ id, items, values, placed, direction, onAgain, children }: OrderOutcomeProps) {
  const confidence = useLesson((state) => state.confidence[id]);
  const settle = useLesson((state) => state.settle);
  const right = placed === undefined ? undefined : rank(values, placed, direction).right;
  const all = items.length;
  const verdict = right === all ? 'Every place is right.' : `${right} of ${all} places are right.`;
  useSayOnce(right === undefined ? 'The order is measured.' : verdict);
  useEffect(() => {
    if (right !== undefined)
      settle(id, { measured: right, verdict: right === all ? 'right' : right * 2 >= all ? 'near' : 'off' });
  }, [settle, id, right, all]);
  return (
    <div className={styles.outcome}>
      {right !== undefined && (
        <p>
          <strong>{verdict}</strong>
          {confidence !== undefined && ` You were ${confidenceWords[confidence]}.`}
        </p>
      )}
      {children}
      <BetAgain id={id} onAgain={onAgain} />
    </div>
  );
}
