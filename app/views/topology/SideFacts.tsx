import { MeaningMark } from '../../ui/MeaningMark.tsx';
import type { SideFact } from './sideFacts.ts';
import styles from './SideFacts.module.css';

/** What goes on beside the requests, a chip for each: who waits, who holds a lock, what is buffered. */
export function SideFacts({ facts }: { facts: readonly SideFact[] }) {
  if (facts.length === 0) return null;
  return (
    <ul className={styles.facts} data-plain="" aria-label="Beside the requests">
      {facts.map(({ id, title, text, meaning, share }) => (
        <li key={id} className={styles.fact} data-fact={id}>
          {meaning !== null && <MeaningMark is={meaning} size={10} />}
          <strong>{title}</strong>
          <span>{text}</span>
          {share !== undefined && (
            <span className={styles.bar} aria-hidden="true">
              <span style={{ inlineSize: `${Math.round(share * 100)}%` }} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
