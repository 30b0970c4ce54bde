import { Select } from '../ui/Select.tsx';
import styles from './TransportBar.module.css';
import type { Stage } from './Stage.ts';
import { useStageState } from './useStage.ts';

const named: [string, number][] = [
  ['1/1000', 0.001],
  ['1/300', 1 / 300],
  ['1/100', 0.01],
  ['1/30', 1 / 30],
  ['1/10', 0.1],
  ['1/4', 0.25],
  ['1/2', 0.5],
  ['Real time', 1],
  ['2×', 2],
  ['5×', 5],
  ['20×', 20],
  ['60×', 60],
];
const slowest = 0.001;
const fastest = 100;

/** How fast virtual time runs: names for the usual speeds, and a logarithmic slider between 1/1000 and 100×. */
export function SpeedControl({ stage }: { stage: Stage }) {
  const speed = useStageState(stage, (state) => state.speed);
  const near = named.find(([, value]) => Math.abs(value / speed - 1) < 0.01);
  const options = near === undefined ? [...named, [speedTitle(speed), speed] as [string, number]] : named;
  const position = Math.log(speed / slowest) / Math.log(fastest / slowest);
  return (
    <div className={styles.speed}>
      <Select
        label="Speed"
        hideLabel
        value={near?.[0] ?? speedTitle(speed)}
        options={options.map(([title]) => ({ value: title, label: title }))}
        onChange={(title) => stage.setSpeed(options.find(([name]) => name === title)?.[1] ?? 1)}
      />
      <input
        type="range"
        aria-label="Speed, from one thousandth to a hundred times"
        aria-valuetext={speedTitle(speed)}
        min={0}
        max={1}
        step={0.01}
        value={position}
        onChange={(event) =>
          stage.setSpeed(Number((slowest * (fastest / slowest) ** event.target.valueAsNumber).toPrecision(2)))
        }
      />
    </div>
  );
}

/** A speed in words: `1/40`, `3×`, `Real time`. */
export function speedTitle(speed: number): string {
  if (speed === 1) return 'Real time';
  return speed > 1 ? `${Number(speed.toPrecision(2))}×` : `1/${Math.round(1 / speed)}`;
}
