import { useId } from 'react';
import styles from './ChoiceList.module.css';

/** One of the things that can be chosen, and what it does. */
export interface Choice<T extends string> {
  value: T;
  title: string;
  /** One line. */
  does: string;
}

interface ChoiceListProps<T extends string> {
  label: string;
  value: T;
  choices: readonly Choice<T>[];
  onChange: (value: T) => void;
}

/** One of several that each need a line of explanation: a radio group, one below the other. */
export function ChoiceList<T extends string>({ label, value, choices, onChange }: ChoiceListProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={styles.choice}>
          <input
            type="radio"
            className={styles.radio}
            name={name}
            value={choice.value}
            checked={choice.value === value}
            aria-describedby={`${name}-${choice.value}`}
            onChange={() => onChange(choice.value)}
          />
          <span className={styles.title}>{choice.title}</span>
          <span className={styles.does} id={`${name}-${choice.value}`}>
            {choice.does}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
