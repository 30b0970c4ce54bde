import { useState } from 'react';
import { useLocation } from 'wouter';
import { scenarioIndex } from '../../content/scenarioIndex.ts';
import { momentAddress } from '../../share/moment.ts';
import type { Stage } from '../../stage/Stage.ts';
import { useStageState } from '../../stage/useStage.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from './Playground.module.css';
import { ShareDialog } from './ShareDialog.tsx';

/** What is running, how to change to another scenario, and what concerns the run as a whole. */
export function BenchHead({ stage }: { stage: Stage }) {
  const input = useStageState(stage, (state) => state.input);
  const scenario = useStageState(stage, (state) => state.scenarios[0]);
  const canUndo = useStageState(stage, (state) => state.canUndo);
  const canRedo = useStageState(stage, (state) => state.canRedo);
  const comparing = useStageState(stage, (state) => state.compare !== null);
  const [, goTo] = useLocation();
  const [address, setAddress] = useState('');
  // What a lesson or a link brings along stands in no list.
  const isListed = scenarioIndex.some((entry) => entry.id === input.id);
  const choices = isListed ? scenarioIndex : [{ id: input.id, title: scenario?.title ?? input.id }, ...scenarioIndex];
  const share = async () => {
    stage.pause();
    try {
      setAddress(await momentAddress(stage));
    } catch (error) {
      announce(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <div className={styles.head}>
      <p className={styles.summary}>{scenario?.summary}</p>
      {scenario !== undefined && scenario.view.try !== '' && (
        <p className={styles.try}>
          <strong>Try:</strong> {scenario.view.try}
        </p>
      )}
      <Select
        label="Scenario"
        value={input.id}
        options={choices.map((entry) => ({ value: entry.id, label: entry.title }))}
        onChange={(id) => goTo(`/play/${id}`)}
      />
      <div className={styles.tools}>
        <IconButton icon="undo" label="Undo" disabled={!canUndo} onClick={() => stage.undo()} />
        <IconButton icon="redo" label="Redo" disabled={!canRedo} onClick={() => stage.redo()} />
        <IconButton
          icon="reset"
          label="Reset: settings, acts, seed and time as the scenario has them (can be undone)"
          onClick={() => stage.reset()}
        />
        <IconButton
          icon="compare"
          label={comparing ? 'Back to one lane' : 'Compare: a second lane with the same arrivals'}
          aria-pressed={comparing}
          onClick={() => {
            stage.setCompare(comparing ? null : {});
            if (!comparing) stage.edit(1);
          }}
        />
        <Button onClick={() => void share()}>Share this moment</Button>
      </div>
      <ShareDialog address={address} onClose={() => setAddress('')} />
    </div>
  );
}
