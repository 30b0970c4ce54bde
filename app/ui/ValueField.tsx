import { useRef, useState } from 'react';
import styles from './Slider.module.css';

interface ValueFieldProps {
  label: string;
  /** The value as shown while nobody types. */
  text: string;
  /** Takes what was typed; false when it cannot be read, and then the field says so. */
  onEnter: (text: string) => boolean;
  disabled?: boolean;
}

/** A value that reads as text and can be typed over. Enter or leaving takes it, Escape puts the old one back. */
export function ValueField({ label, text, onEnter, disabled }: ValueFieldProps) {
  const [draft, setDraft] = useState<string>();
  const [refused, setRefused] = useState(false);
  const dropped = useRef(false);

  const enter = () => {
    if (dropped.current || draft === undefined || draft === text) {
      dropped.current = false;
      setDraft(undefined);
      return;
    }
    const taken = onEnter(draft.replaceAll('\u202f', ' '));
    setRefused(!taken);
    if (taken) setDraft(undefined);
  };

  return (
    <input
      className={styles.value}
      aria-label={label}
      aria-invalid={refused || undefined}
      autoComplete="off"
      spellCheck={false}
      disabled={disabled}
      size={Math.max(4, (draft ?? text).length)}
      value={draft ?? text}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={enter}
      onKeyDown={(event) => {
        if (event.key === 'Enter') enter();
        if (event.key !== 'Escape' || draft === undefined) return;
        event.stopPropagation();
        dropped.current = true;
        setRefused(false);
        event.currentTarget.blur();
      }}
    />
  );
}
