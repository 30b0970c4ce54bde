import { useId, useRef } from 'react';
import type { AnswerForm, AnswerValue } from '../../src/drills.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Drill.module.css';
import { wordCount } from './words.ts';

interface AnswerFieldProps {
  form: AnswerForm;
  /** The question. */
  label: string;
  /** As it is being written: of numbers the text. */
  value: AnswerValue;
  onChange: (value: AnswerValue) => void;
  describedBy?: string;
}

/** The field for one form of answer. */
export function AnswerField({ form, label, value, onChange, describedBy }: AnswerFieldProps) {
  const id = useId();
  if (form.type === 'number')
    return (
      <div className={styles.field}>
        <label htmlFor={id} className={styles.ask}>
          {label}
        </label>
        <span className={styles.number}>
          <input
            id={id}
            inputMode="decimal"
            autoComplete="off"
            value={String(value)}
            aria-describedby={describedBy}
            onChange={(event) => onChange(event.target.value)}
          />
          {form.unit}
        </span>
      </div>
    );
  if (form.type === 'choice')
    return (
      <fieldset className={styles.choices}>
        <legend className={styles.ask}>{label}</legend>
        {form.options.map((option) => (
          <label key={option.id} className={styles.option}>
            <input type="radio" name={id} checked={value === option.id} onChange={() => onChange(option.id)} />
            {option.text}
          </label>
        ))}
      </fieldset>
    );
  if (form.type === 'order')
    return <OrderField form={form} label={label} value={value as readonly string[]} onChange={onChange} />;
  const words = wordCount(String(value));
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.ask}>
        {label}
      </label>
      <textarea
        id={id}
        rows={8}
        value={String(value)}
        aria-describedby={`${id}-count ${describedBy ?? ''}`}
        onChange={(event) => onChange(event.target.value)}
      />
      <span id={`${id}-count`} className={styles.quiet}>
        {words} {words === 1 ? 'word' : 'words'}
        {form.minWords > 0 && `, at least ${form.minWords}`}
      </span>
    </div>
  );
}

function OrderField({
  form,
  label,
  value,
  onChange,
}: {
  form: Extract<AnswerForm, { type: 'order' }>;
  label: string;
  value: readonly string[];
  onChange: (value: AnswerValue) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const textOf = (id: string) => form.options.find((option) => option.id === id)?.text ?? id;
  const move = (from: number, to: number) => {
    const next = [...value];
    next.splice(to, 0, ...next.splice(from, 1));
    onChange(next);
    announce(`${textOf(value[from])}: place ${to + 1} of ${next.length}.`);
    // The button that was pressed moves with its line; at an end the other one is left.
    requestAnimationFrame(() => {
      const buttons = list.current?.children[to]?.querySelectorAll('button');
      (buttons?.[to < from ? 0 : 1]?.disabled ? buttons[to < from ? 1 : 0] : buttons?.[to < from ? 0 : 1])?.focus();
    });
  };
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.ask}>
        {label} <span className={styles.quiet}>The {form.direction === 'most' ? 'largest' : 'smallest'} first.</span>
      </legend>
      <ol data-plain="" className={styles.order} ref={list}>
        {value.map((id, place) => (
          <li key={id}>
            <span>
              {place + 1}. {textOf(id)}
            </span>
            <Button disabled={place === 0} onClick={() => move(place, place - 1)} aria-label={`${textOf(id)}: up`}>
              ↑
            </Button>
            <Button
              disabled={place === value.length - 1}
              onClick={() => move(place, place + 1)}
              aria-label={`${textOf(id)}: down`}
            >
              ↓
            </Button>
          </li>
        ))}
      </ol>
    </fieldset>
  );
}
