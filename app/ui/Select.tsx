import { useId } from 'react';
import type { Option } from './Segmented.tsx';
import styles from './Select.module.css';

interface SelectProps<T extends string> {
  label: string;
  value: T;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
  hideLabel?: boolean;
  disabled?: boolean;
}

/** One of many: the browser's own select, in our clothes. */
export function Select<T extends string>({ label, value, options, onChange, hideLabel, disabled }: SelectProps<T>) {
  const id = useId();
  return (
    <div className={styles.field}>
      {!hideLabel && <label htmlFor={id}>{label}</label>}
      <select
        id={id}
        className={styles.select}
        value={value}
        disabled={disabled}
        aria-label={hideLabel ? label : undefined}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
