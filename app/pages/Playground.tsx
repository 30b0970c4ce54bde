import { useParams } from 'wouter';
import { useStage } from '../stage/useStage.ts';
import { useTitle } from './frame/useTitle.ts';
import { PlaygroundBench } from './playground/PlaygroundBench.tsx';
import { useOpening } from './playground/useOpening.ts';
import styles from './playground/Playground.module.css';

/** The instrument: every control on the left, the system in the middle, what is known of it right and below. */
export function Playground() {
  const { scenario = 'cache-aside-basics' } = useParams<{ scenario?: string }>();
  const { options, notice } = useOpening(scenario);
  const stage = useStage(options);
  useTitle(options?.input.title ?? 'Playground');
  if (stage === null) {
    return (
      <div className={styles.loading} aria-busy="true">
        <h1 className={styles.hidden}>Playground</h1>
        <p>{notice || 'The simulation is being loaded.'}</p>
      </div>
    );
  }
  return <PlaygroundBench stage={stage} notice={notice} />;
}
