import { type AttemptLog, attemptPoints, type InterveneStep } from '../../src/drills.ts';
import { Disclosure } from '../ui/Disclosure.tsx';
import { CheckList } from './CheckList.tsx';
import styles from './Drill.module.css';
import { useRoom } from './room.ts';
import { sayHolding } from './sayHolding.ts';
import { sayCommands, sayPoints } from './words.ts';

interface AttemptListProps {
  step: InterveneStep;
  attempts: readonly AttemptLog[];
  secrets: boolean;
}

/** All attempts at a task, each with what was set and what came of it. */
export function AttemptList({ step, attempts, secrets }: AttemptListProps) {
  const { drill } = useRoom();
  const best = Math.max(0, ...attempts.map((attempt) => attemptPoints(step, attempt.outcome)));
  return (
    <section className={styles.attempts} aria-label="Attempts">
      {attempts.map((attempt) => {
        const points = attemptPoints(step, attempt.outcome);
        return (
          <Disclosure
            key={attempt.attempt}
            summary={
              <span>
                Attempt {attempt.attempt}: {sayCommands(attempt.commands, drill.scenario.clock)}.{' '}
                {attempt.outcome === undefined
                  ? 'Not judged yet.'
                  : secrets
                    ? sayPoints(points)
                    : `${sayHolding(step, attempt.outcome)}.`}
                {secrets && attempts.length > 1 && points > 0 && points === best && ', the best'}
              </span>
            }
          >
            {attempt.outcome !== undefined && <CheckList step={step} outcome={attempt.outcome} secrets={secrets} />}
          </Disclosure>
        );
      })}
    </section>
  );
}
