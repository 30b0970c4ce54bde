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
        {groupsOf(options).map(({ title, members }) =>
          title === undefined ? (
            members.map(optionElement)
          ) : (
            <optgroup key={title} label={title}>
              {members.map(optionElement)}
            </optgroup>
          ),
        )}
      </select>
    </div>
  );
}

/** Options that follow one another under the same heading, together. */
function groupsOf<T extends string>(options: readonly Option<T>[]): { title?: string; members: Option<T>[] }[] {
  const groups: { title?: string; members: Option<T>[] }[] = [];
  for (const option of options) {
    const last = groups.at(-1);
    if (last !== undefined && last.title === option.group) last.members.push(option);
    else groups.push({ title: option.group, members: [option] });
  }
  return groups;
}

function optionElement<T extends string>({ value, label }: Option<T>) {
  return (
    <option key={value} value={value}>
      {label}
    </option>
  );
}
