import { useState } from 'react';
import { momentAddress } from '../../share/moment.ts';
import type { Stage } from '../../stage/Stage.ts';
import { useStageState } from '../../stage/useStage.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Playground.module.css';
import { ShareDialog } from './ShareDialog.tsx';

/** What went wrong, and the ways out: take the last act back, start again, or send a link that repeats it. */
export function Problem({ stage }: { stage: Stage }) {
  const problem = useStageState(stage, (state) => state.problem);
  const canUndo = useStageState(stage, (state) => state.canUndo);
  const [address, setAddress] = useState('');
  if (problem === '') return null;
  return (
    <div role="alert" className={styles.notice}>
      <p>{problem}</p>
      <div className={styles.tools}>
        {canUndo && <Button onClick={() => stage.undo()}>Take the last act back</Button>}
        <Button onClick={() => stage.reset()}>Start again</Button>
        <Button onClick={() => void momentAddress(stage).then(setAddress, () => setAddress(''))}>
          Link that repeats this
        </Button>
      </div>
      <ShareDialog address={address} onClose={() => setAddress('')} />
    </div>
  );
}
