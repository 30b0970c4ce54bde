import { type FocusEvent, type PointerEvent, type ReactNode, useId, useRef } from 'react';
import { Link } from 'wouter';
import { findTerm } from '../content/glossary.ts';
import styles from './GlossaryTerm.module.css';

interface TermProps {
  /** Id of a glossary entry. */
  is?: string;
  /** A meaning of one's own, for a word that the glossary does not have. */
  means?: ReactNode;
  children: ReactNode;
}

/** A word of the glossary: its meaning comes on hover and on focus, and goes with Escape. */
export function Term({ is, means, children }: TermProps) {
  const entry = is === undefined ? undefined : findTerm(is);
  const text = entry?.text ?? means;
  if (text === undefined) return children;
  return (
    <Word text={text} see={entry?.see}>
      {children}
    </Word>
  );
}

/** How long the pointer may take on its way from the word to its meaning, ms. */
const leaveMs = 180;

function Word({ text, see, children }: { text: ReactNode; see?: string; children: ReactNode }) {
  const id = useId();
  const word = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const open = () => {
    clearTimeout(timer.current);
    if (panel.current === null || word.current === null || panel.current.matches(':popover-open')) return;
    panel.current.showPopover();
    place(panel.current, word.current);
  };
  const close = () => {
    clearTimeout(timer.current);
    if (panel.current?.matches(':popover-open')) panel.current.hidePopover();
  };
  const closeSoon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(close, leaveMs);
  };
  const leave = (event: PointerEvent) => event.pointerType === 'mouse' && closeSoon();
  const blur = ({ relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Node) || !panel.current?.contains(relatedTarget)) close();
  };
  return (
    // What the pointer does here, the focus does at the button inside.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <span
      className={styles.word}
      onPointerEnter={(event) => event.pointerType === 'mouse' && open()}
      onPointerLeave={leave}
      onBlur={blur}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        close();
        word.current?.focus();
      }}
    >
      <button
        ref={word}
        type="button"
        className={styles.term}
        aria-describedby={id}
        // The pointer's press opens it; a second one closes it.
        onClick={open}
        onFocus={open}
      >
        {children}
      </button>
      <span ref={panel} id={id} popover="manual" role="note" className={styles.panel} onPointerEnter={open}>
        {text}
        {see !== undefined && (
          <Link href={`/learn/${see}`} className={styles.see}>
            Its lesson
          </Link>
        )}
      </span>
    </span>
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
