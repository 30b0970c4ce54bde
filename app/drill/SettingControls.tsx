import type { Scenario } from '../../src/index.ts';
import type { SettingsPatch } from '../../src/drills.ts';
import { displaySetting, formatSetting, readSetting, settingInfo } from '../../src/reading.ts';
import { settingValue } from '../../src/index.ts';
import { knobScale } from '../stage/knobScale.ts';
import { choiceGroup, choiceTitle, knobTitle } from '../stage/knobTitles.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { Slider } from '../ui/Slider.tsx';
import { Switch } from '../ui/Switch.tsx';
import styles from './Drill.module.css';

interface SettingControlsProps {
  /** The untouched system. */
  scenario: Scenario;
  /** What may be changed. */
  paths: readonly string[];
  /** What differs now, as written. */
  set: SettingsPatch;
  /** @param isDone false while a movement goes on. */
  onChange: (set: SettingsPatch, isDone: boolean) => void;
  disabled: boolean;
  /** A run is under way: what is fixed at its start is locked. */
  running: boolean;
}

/** The settings that a task allows: the next attempt starts with them, and one that runs takes them on as they change. */
export function SettingControls({ scenario, paths, set, onChange, disabled, running }: SettingControlsProps) {
  return (
    <fieldset className={styles.controls} disabled={disabled}>
      <legend className={styles.label}>What you may change</legend>
      {paths.map((path) => (
        <SettingControl
          key={path}
          scenario={scenario}
          path={path}
          set={set}
          disabled={disabled || (running && settingInfo(path)?.live === false)}
          onChange={(value, isDone) => onChange(changed(scenario, set, path, value), isDone)}
        />
      ))}
    </fieldset>
  );
}

interface SettingControlProps extends Omit<SettingControlsProps, 'paths' | 'onChange' | 'running'> {
  path: string;
  onChange: (value: number | string | boolean, isDone: boolean) => void;
}

function SettingControl({ scenario, path, set, onChange, disabled }: SettingControlProps) {
  const info = settingInfo(path);
  const own = settingValue(scenario, path);
  if (info === undefined || own === undefined) return null;
  const read = Object.hasOwn(set, path) ? readSetting(path, set[path]) : { value: own };
  const value = 'value' in read ? read.value : own;
  const title = knobTitle(info, Object.keys(scenario.traffic).length > 1);
  if (info.kind === 'flag')
    return <Switch label={title} checked={value === true} disabled={disabled} onChange={(on) => onChange(on, true)} />;
  if (info.kind === 'choice')
    return (
      <Segmented
        label={title}
        value={String(value)}
        disabled={disabled}
        options={(info.choices ?? []).map((choice) => ({
          value: choice,
          label: choiceTitle(choice, path),
          group: choiceGroup(choice, path),
        }))}
        onChange={(choice) => onChange(choice, true)}
      />
    );
  return (
    <Slider
      label={title}
      value={Number(value)}
      scale={knobScale(info, Number(value))}
      format={(shown) => displaySetting(path, shown)}
      parse={(text) => {
        const typed = readSetting(path, text);
        return 'value' in typed && typeof typed.value === 'number' ? typed.value : undefined;
      }}
      orNone={info.orNone}
      help={info.help}
      disabled={disabled}
      onChange={(moved) => onChange(moved, false)}
      onCommit={(moved) => onChange(moved, true)}
    />
  );
}

/** The settings with one more turned; one that is back where it was does not differ any more. */
function changed(
  scenario: Scenario,
  set: SettingsPatch,
  path: string,
  value: number | string | boolean,
): SettingsPatch {
  const { [path]: _, ...others } = set;
  if (settingValue(scenario, path) === value) return others;
  return { ...others, [path]: typeof value === 'number' ? formatSetting(path, value) : value };
}
