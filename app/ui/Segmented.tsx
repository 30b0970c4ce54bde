import { useId } from 'react';
import { Select } from './Select.tsx';
import styles from './Segmented.module.css';

/** One of the things that can be chosen. */
export interface Option<T extends string> {
  value: T;
  label: string;
  /** A heading that it shares with its neighbours, where there are so many that they become a select. */
  group?: string;
}

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
  /** The label is spoken, but not shown. */
  hideLabel?: boolean;
  disabled?: boolean;
}

/** One of a few, all in sight: a radio group in a row that wraps. More than five become a select. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { label, value, options, onChange, hideLabel = false, disabled } = props;
  const name = useId();
  if (options.length > 5) return <Select {...props} />;
  return (
    <fieldset className={styles.group} disabled={disabled}>
      <legend className={hideLabel ? styles.hidden : styles.label}>{label}</legend>
      <div className={styles.row}>
        {options.map((option) => (
          <label key={option.value} className={styles.option}>
            <input
              type="radio"
              className={styles.radio}
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
