import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { announce } from '../ui/announce.ts';
import { Icon } from '../ui/Icon.tsx';
import styles from './Goals.module.css';
import { useCheck } from './useCheck.ts';

const GoalsContext = createContext<string | undefined>(undefined);

/** What to reach in a figure; each goal ticks itself from the run and stays ticked until the run is started again. */
export function Goals({ of, children }: { of?: string; children: ReactNode }) {
  return (
    <div className={styles.goals}>
      <p className={styles.label}>Goals</p>
      <GoalsContext value={of}>
        <ul className={styles.list} aria-label="Goals">
          {children}
        </ul>
      </GoalsContext>
    </div>
  );
}

/** One goal: a check in the language of `src/checks`, and what it is in words. */
export function Goal({ check, children }: { check: string; children: ReactNode }) {
  const { met, problem } = useCheck(useContext(GoalsContext), check);
  const item = useRef<HTMLLIElement>(null);
  const told = useRef(false);
  useEffect(() => {
    if (met && !told.current) announce(`Goal reached: ${item.current?.dataset.goal ?? ''}`);
    told.current = met;
  }, [met]);
  return (
    <li
      ref={(element) => {
        item.current = element;
        if (element) element.dataset.goal = element.querySelector('[data-words]')?.textContent ?? '';
      }}
      className={styles.goal}
      data-met={met}
    >
      <span className={styles.box}>{met && <Icon name="check" size={14} />}</span>
      <span data-words="">{children}</span>
      <span className={styles.state}>{met ? 'reached' : 'not yet'}</span>
      {problem !== '' && (
        <span role="alert" className={styles.problem}>
          {problem}
        </span>
      )}
    </li>
  );
}
