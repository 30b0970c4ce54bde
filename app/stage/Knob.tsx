import { useRef, useState } from 'react';
import { displaySetting, formatSetting, readSetting, type SettingInfo, settingInfo } from '../../src/reading.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { Slider } from '../ui/Slider.tsx';
import { Switch } from '../ui/Switch.tsx';
import { usePlayheadStep } from '../views/usePlayheadStep.ts';
import { knobScale } from './knobScale.ts';
import { choiceGroup, choiceTitle, knobTitle } from './knobTitles.ts';
import { settingNow } from './settingNow.ts';
import type { Stage } from './Stage.ts';
import { useStageState } from './useStage.ts';

const sendEveryMs = 60;

/** The control of one setting: turning it is an act at this moment of the run. */
export function Knob({ stage, path }: { stage: Stage; path: string }) {
  const info = settingInfo(path);
  const state = useStageState(stage, (all) => all);
  // The step says when to look again; an act at this very moment counts already.
  usePlayheadStep(stage.playhead, 100_000);
  const { atUs } = stage.playhead;
  if (info === undefined) return <p role="alert">There is no setting called {path}.</p>;
  const value = settingNow(state, state.editing, path, atUs);
  if (value === undefined) return null;
  const several = Object.keys(state.scenarios[0]?.traffic ?? {}).length > 1;
  const title = knobTitle(info, several);
  if (info.kind === 'flag')
    return <Switch label={title} checked={value === true} onChange={(on) => stage.setKnob(path, on)} />;
  if (info.kind === 'choice') {
    const options = (info.choices ?? []).map((choice) => ({
      value: choice,
      label: choiceTitle(choice, path),
      group: choiceGroup(choice, path),
    }));
    return (
      <Segmented
        label={title}
        value={String(value)}
        options={options}
        onChange={(choice) => stage.setKnob(path, choice)}
      />
    );
  }
  return <QuantityKnob stage={stage} info={info} title={title} value={Number(value)} />;
}

function QuantityKnob({
  stage,
  info,
  title,
  value,
}: {
  stage: Stage;
  info: SettingInfo;
  title: string;
  value: number;
}) {
  const { path } = info;
  const [dragged, setDragged] = useState<number | null>(null);
  const gesture = useRef(0);
  const sentMs = useRef(0);
  const send = (next: number) => {
    sentMs.current = performance.now();
    stage.setKnob(path, formatSetting(path, next), `${path}#${gesture.current}`);
  };
  const change = (next: number) => {
    setDragged(next);
    if (performance.now() - sentMs.current >= sendEveryMs) send(next);
  };
  const commit = (next: number) => {
    send(next);
    gesture.current++;
    setDragged(null);
  };
  const parse = (text: string) => {
    const read = readSetting(path, text);
    return 'value' in read && typeof read.value === 'number' ? read.value : undefined;
  };
  return (
    <Slider
      label={title}
      value={dragged ?? value}
      scale={knobScale(info, value)}
      format={(shown) => displaySetting(path, shown)}
      parse={parse}
      orNone={info.orNone}
      onChange={change}
      onCommit={commit}
      help={info.help}
    />
  );
}
