import { settingNow } from '../stage/settingNow.ts';
import type { Stage } from '../stage/Stage.ts';
import { useStageState } from '../stage/useStage.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/Button.tsx';
import { formatDurationUs, formatRate } from '../ui/format.ts';
import styles from './HomeStage.module.css';
import { type LastSecond, lastSecondOf } from './lastSecond.ts';

/** The control that hurts: takes the cache away from a running system, and gives it back. Beside it, what that does. */
export function TakeAway({ stage }: { stage: Stage }) {
  const state = useStageState(stage, (all) => all);
  const [scenario] = state.scenarios;
  const [run] = state.runs;
  const isTaken = settingNow(state, 0, 'pattern.read', Number.POSITIVE_INFINITY) === 'none';
  const canServe = scenario === undefined ? 0 : (scenario.database.slots * 1e6) / scenario.database.read;
  const arriving = Object.values(scenario?.traffic ?? {}).reduce((sum, { rate }) => sum + rate, 0);

  // Before the opening moment is worked out there is nothing to take anything from.
  const isOpening = stage.playhead.atUs === 0;

  const turn = () => {
    stage.setKnob('pattern.read', isTaken ? 'cache-aside' : 'none');
    if (!state.playing) stage.play();
    announce(
      isTaken
        ? 'The cache is back; it starts with what it still holds.'
        : 'The cache is gone. Every read goes to the database.',
    );
  };
  return (
    <div className={styles.panel}>
      <div className={styles.act}>
        <Button kind={isTaken ? 'quiet' : 'primary'} disabled={isOpening} onClick={turn}>
          {isTaken ? 'Give it back' : 'Take the cache away'}
        </Button>
        <p className={styles.words}>
          {isTaken
            ? `Every read goes to the database: ${formatRate(arriving)} arrive, it can answer ${formatRate(canServe)}.`
            : `${formatRate(arriving)} arrive; the database alone could answer ${formatRate(canServe)}.`}
        </p>
      </div>
      <Figures last={run ? lastSecondOf(run.windows, stage.playhead.atUs) : undefined} />
    </div>
  );
}

function Figures({ last }: { last: LastSecond | undefined }) {
  const lost = last?.lostPerSecond ?? 0;
  return (
    <dl className={styles.figures}>
      <div>
        <dt>A page takes</dt>
        <dd>{last?.latencyUs === undefined ? '–' : formatDurationUs(last.latencyUs)}</dd>
      </div>
      <div>
        <dt>Database reads</dt>
        <dd>{last === undefined ? '–' : formatRate(last.databaseReadsPerSecond)}</dd>
      </div>
      <div data-bad={lost > 0 || undefined}>
        <dt>No answer</dt>
        <dd>{last === undefined ? '–' : formatRate(lost)}</dd>
      </div>
    </dl>
  );
}
