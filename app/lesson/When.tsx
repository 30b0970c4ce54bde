import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Button } from '../ui/Button.tsx';
import { useCheck } from './useCheck.ts';
import styles from './When.module.css';

interface WhenProps {
  /** The figure that is waited for; without it, the last one that began. */
  of?: string;
  /** What has to hold, in the language of `src/checks`: `count(rows{op=cache.get,outcome=miss}) >= 1`. */
  happens: string;
  /** What stands here until then: `Wait for the first miss.` */
  lead: string;
  children: ReactNode;
}

/** Narration that comes when the model has come to it, never by a clock; who does not want to wait need not, and paper does not. */
export function When({ of, happens, lead, children }: WhenProps) {
  const { met, problem } = useCheck(of, happens);
  const [anyway, setAnyway] = useState(false);
  const onPaper = useSyncExternalStore(watchPaper, isPaper);
  const shown = met || anyway || onPaper || problem !== '';
  const text = useRef<HTMLDivElement>(null);
  // The button goes with the lead; whoever stood on it goes on with the text.
  const isOnButton = useRef(false);
  useEffect(() => {
    if (shown && isOnButton.current) text.current?.focus({ preventScroll: true });
    isOnButton.current = false;
  }, [shown]);
  return (
    <div className={styles.when} aria-live="polite" data-shown={shown}>
      {shown ? (
        <div ref={text} className={styles.text} tabIndex={-1}>
          {children}
        </div>
      ) : (
        <p className={styles.lead}>
          {lead}{' '}
          <Button
            kind="text"
            onClick={() => setAnyway(true)}
            onFocus={() => {
              isOnButton.current = true;
            }}
            onBlur={() => {
              isOnButton.current = false;
            }}
          >
            Show it anyway
          </Button>
        </p>
      )}
    </div>
  );
}

const paper = globalThis.matchMedia?.('print');

function watchPaper(listener: () => void): () => void {
  paper?.addEventListener('change', listener);
  return () => paper?.removeEventListener('change', listener);
}

function isPaper(): boolean {
  return paper?.matches ?? false;
}
