import { type FormEvent, useId, useRef, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import styles from './Predict.module.css';

/** What one typed unit is in the unit of the metric, and how it is called. */
const typed = {
  count: { size: 1, unit: '' },
  number: { size: 1, unit: '' },
  rate: { size: 1, unit: 'a second' },
  share: { size: 0.01, unit: '%' },
  duration: { size: 1000, unit: 'ms' },
};

interface NumberBetProps {
  kind: keyof typeof typed;
  unit?: string;
  bet: number | undefined;
  onBet: (value: number) => void;
}

/** A bet on a number of one's own. */
export function NumberBet({ kind, unit, bet, onBet }: NumberBetProps) {
  const id = useId();
  const { size, unit: ownUnit } = typed[kind];
  const [text, setText] = useState(bet === undefined ? '' : String(bet / size));
  const [isRefused, setIsRefused] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const value = Number(text.replaceAll(/[\s,_\u202f]/g, ''));
    const isNumber = text.trim() !== '' && Number.isFinite(value);
    setIsRefused(!isNumber);
    if (isNumber) onBet(value * size);
    else field.current?.focus();
  };
  return (
    <form className={styles.number} onSubmit={submit}>
      <label htmlFor={id}>Your number{ownUnit && `, in ${ownUnit}`}</label>
      <input
        ref={field}
        id={id}
        aria-invalid={isRefused}
        aria-describedby={isRefused ? `${id}problem` : undefined}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <span>{[ownUnit, unit].filter(Boolean).join(' ')}</span>
      <Button type="submit" kind={bet === undefined ? 'primary' : 'quiet'}>
        {bet === undefined ? 'Place the bet' : 'Change it'}
      </Button>
      {isRefused && (
        <p id={`${id}problem`} className={styles.problem}>
          Write one number, such as 250.
        </p>
      )}
    </form>
  );
}
