import type { ReactNode } from 'react';
import styles from './PageHead.module.css';

interface PageHeadProps {
  title: string;
  /** What the page is for, in a sentence or two. */
  lead: ReactNode;
  /** A page that is a tool keeps its height for it. */
  compact?: boolean;
  /** Ways on from here. */
  children?: ReactNode;
}

/** The head of a page that lists or explains: its title, and what it is for. */
export function PageHead({ title, lead, compact = false, children }: PageHeadProps) {
  return (
    <header className={compact ? styles.compact : styles.head}>
      <h1>{title}</h1>
      <p className={styles.lead}>{lead}</p>
      {children !== undefined && <div className={styles.more}>{children}</div>}
    </header>
  );
}
