import type { ReactNode } from 'react';
import styles from './Box.module.css';

/** What the model leaves out, said beside the figure it concerns. */
export function LeavesOut({ children }: { children: ReactNode }) {
  return (
    <div role="note" className={styles.leavesOut} aria-label="What the model leaves out">
      <p className={styles.label}>Left out here</p>
      {children}
    </div>
  );
}

/** What to try next in the figure above. */
export function Try({ children }: { children: ReactNode }) {
  return (
    <div className={styles.try}>
      <p className={styles.label}>Try</p>
      {children}
    </div>
  );
}

/** A remark in the margin; on narrow screens it stands in the column. Write it before the paragraph it belongs to. */
export function Note({ children }: { children: ReactNode }) {
  return (
    <div role="note" className={styles.note} aria-label="Note">
      {children}
    </div>
  );
}

/** The source of what was just said. */
export function Cite({ href, by, year, children }: { href: string; by?: string; year?: number; children: ReactNode }) {
  return (
    <cite className={styles.cite}>
      <a href={href} rel="noreferrer">
        {children}
      </a>
      {by !== undefined && `, ${by}`}
      {year !== undefined && ` (${year})`}
    </cite>
  );
}

/** Fenced code. It may scroll sideways, so it can be reached by key. */
export function CodeBlock({ children }: { children?: ReactNode }) {
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  return <pre tabIndex={0}>{children}</pre>;
}

/** A table that scrolls by itself on narrow screens. */
export function Table({ children }: { children?: ReactNode }) {
  return (
    // A region that scrolls must be reachable by key.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role
    <div role="group" className={styles.scroll} tabIndex={0} aria-label="Table">
      <table className={styles.table}>{children}</table>
    </div>
  );
}
