import { type ReactNode, useId, useRef } from 'react';
import styles from './Term.module.css';

/** A word with its meaning one press away: `<Term means="time to live">TTL</Term>`. Escape or a press elsewhere closes it. */
export function Term({ means, children }: { means: ReactNode; children: ReactNode }) {
  const id = useId();
  const word = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLSpanElement>(null);
  return (
    <>
      <button ref={word} type="button" className={styles.term} popoverTarget={id}>
        {children}
      </button>
      <span
        ref={panel}
        id={id}
        popover="auto"
        role="note"
        className={styles.panel}
        onToggle={(event) => {
          if (event.newState === 'open' && word.current && panel.current) place(panel.current, word.current);
        }}
      >
        {means}
      </span>
    </>
  );
}

/** Puts the panel under the word, or above it where there is no room, and always inside the window. */
function place(panel: HTMLElement, word: HTMLElement) {
  const gap = 6;
  const box = word.getBoundingClientRect();
  const left = Math.max(gap, Math.min(box.left, innerWidth - panel.offsetWidth - gap));
  const below = box.bottom + gap + panel.offsetHeight < innerHeight;
  const top = below ? box.bottom + gap : Math.max(gap, box.top - gap - panel.offsetHeight);
  panel.style.left = `${left}px`;
  panel.style.top = `${top}px`;
}
