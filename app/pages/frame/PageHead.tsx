import type { ReactNode } from 'react';
import styles from './PageHead.module.css';

interface PageHeadProps {
  title: string;
  /** What the page is for, in a sentence or two. */
  lead: ReactNode;
  children?: ReactNode;
}

/** The head of a page that lists or explains: its title, and what it is for. */
export function PageHead({ title, lead, children }: PageHeadProps) {
  return (
    <header className={styles.head}>
      <h1>{title}</h1>
      <p className={styles.lead}>{lead}</p>
      {children}
    </header>
  );
}
