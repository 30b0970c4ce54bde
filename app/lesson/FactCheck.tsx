import { lazy, type ReactNode, Suspense } from 'react';
import { sourceIndex } from '../content/glossary.ts';
import styles from './FactCheck.module.css';

const Proof = lazy(() => import('./FactProof.tsx').then((module) => ({ default: module.FactProof })));

interface FactCheckProps {
  /** Id of a claim of the catalogue; an experiment stands behind it. */
  claim: string;
  /** The document that says something else, by the three digits of its name. */
  source: string;
  children: ReactNode;
}

/** Where a document and our run differ: what it says, what the run shows, and the experiment that holds it. */
export function FactCheck({ claim, source, children }: FactCheckProps) {
  const title = sourceIndex.find(({ id }) => id === source)?.title;
  return (
    <div role="note" className={styles.factCheck} aria-label="Fact check">
      <p className={styles.label}>Fact check</p>
      {children}
      <p className={styles.source}>
        Document {source}
        {title !== undefined && `, ${title}`}.{' '}
        <Suspense>
          <Proof claim={claim} />
        </Suspense>
      </p>
    </div>
  );
}
