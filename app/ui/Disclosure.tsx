import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import styles from './Disclosure.module.css';

interface DisclosureProps {
  summary: ReactNode;
  children: ReactNode;
  /** Open at first. */
  open?: boolean;
  onToggle?: (open: boolean) => void;
}

/** Something that can be folded away: the browser's own `details`. */
export function Disclosure({ summary, children, open, onToggle }: DisclosureProps) {
  return (
    <details className={styles.details} open={open} onToggle={(event) => onToggle?.(event.currentTarget.open)}>
      <summary className={styles.summary}>
        <span className={styles.chevron}>
          <Icon name="chevron" size={14} />
        </span>
        {summary}
      </summary>
      <div className={styles.content}>{children}</div>
    </details>
  );
}
