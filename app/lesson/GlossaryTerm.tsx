import { type FocusEvent, type PointerEvent, type ReactNode, useId, useRef } from 'react';
import { Link } from 'wouter';
import { findTerm } from '../content/glossary.ts';
import styles from './GlossaryTerm.module.css';
import { useMeaningPanel } from './useMeaningPanel.ts';

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

function Word({ text, see, children }: { text: ReactNode; see?: string; children: ReactNode }) {
  const id = useId();
  const word = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLSpanElement>(null);
  const { isOpen, open, close, closeSoon } = useMeaningPanel(word, panel);
  /** A finger came down on the word while it was open. */
  const isSecondPress = useRef(false);
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
        // The focus opens it, so it comes first.
        if (event.key !== 'Escape') return;
        word.current?.focus();
        close();
      }}
    >
      <button
        ref={word}
        type="button"
        className={styles.term}
        aria-describedby={id}
        // A finger's press opens it; a second one closes it. A mouse has it open by being there.
        onPointerDown={({ pointerType }) => {
          isSecondPress.current = pointerType !== 'mouse' && isOpen();
        }}
        onClick={() => {
          if (isSecondPress.current) close();
          else open();
          isSecondPress.current = false;
        }}
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
