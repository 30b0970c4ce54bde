import { Button } from '../ui/Button.tsx';
import { announce } from '../ui/announce.ts';
import type { Act, Stage } from './Stage.ts';
import styles from './ControlPanel.module.css';
import { useStageState } from './useStage.ts';

const acts: { title: string; said: string; act: Act }[] = [
  {
    title: 'Expire hottest key',
    said: 'The most popular entry is gone from the cache.',
    act: { do: 'expire', key: 0 },
  },
  { title: 'Flush cache', said: 'The cache is empty.', act: { do: 'flush' } },
  {
    title: 'Slow database',
    said: 'Queries take five times as long for ten seconds.',
    act: { do: 'slow', node: 'database', factor: 5, for: 10_000_000 },
  },
  {
    title: 'Burst ×5',
    said: 'Five times the readers for five seconds.',
    act: { do: 'burst', factor: 5, for: 5_000_000 },
  },
  {
    title: 'Redis down',
    said: 'Redis is down for five seconds and comes back empty.',
    act: { do: 'kill', node: 'redis', for: 5_000_000 },
  },
  {
    title: 'Kill a server',
    said: 'App 1 is down for five seconds.',
    act: { do: 'kill', node: 'app1', for: 5_000_000 },
  },
  {
    title: 'Lose a delete',
    said: 'The next delete sent to the cache will never arrive.',
    act: { do: 'lose', message: 'cache.delete', count: 1 },
  },
];

/** Things that go wrong, one button each: acts at this moment, like every other control. */
export function BreakPanel({ stage }: { stage: Stage }) {
  const ready = useStageState(stage, (state) => state.phase === 'ready');
  return (
    <div className={styles.buttons}>
      {acts.map(({ title, said, act }) => (
        <Button
          key={title}
          disabled={!ready}
          title={said}
          onClick={() => {
            stage.perform(act);
            announce(said);
          }}
        >
          {title}
        </Button>
      ))}
    </div>
  );
}
