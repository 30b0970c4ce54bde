import { useEffect, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Select } from '../../../ui/Select.tsx';
import type { Microscope } from './useMicroscope.ts';
import styles from './Transport.module.css';

/** Accesses a second. */
export const speeds = [0.5, 1, 2, 4] as const;

interface TransportProps {
  microscope: Microscope;
  playing: boolean;
  setPlaying: (playing: boolean) => void;
  speed: number;
  setSpeed: (speed: number) => void;
  difference: number;
}

/** Back, play, on, speed, and the way to the first difference. */
export function Transport({ microscope, playing, setPlaying, speed, setSpeed, difference }: TransportProps) {
  const { at, ids, names, act, mode, traces } = microscope;
  const last = ids.length;
  return (
    <section className={styles.bar} aria-label="Step">
      <IconButton
        icon="reset"
        label="To the beginning (Home)"
        disabled={at === 0}
        onClick={() => act({ do: 'goTo', at: 0 })}
      />
      <IconButton
        icon="stepBack"
        label="One back (←)"
        disabled={at === 0}
        onClick={() => act({ do: 'goTo', at: at - 1 })}
      />
      {mode === 'watch' && (
        <IconButton
          kind="round"
          icon={playing ? 'pause' : 'play'}
          label={playing ? 'Pause (space)' : at === last ? 'Play again (space)' : 'Play (space)'}
          disabled={last === 0}
          onClick={() => setPlaying(!playing)}
        />
      )}
      <IconButton
        icon="step"
        label="One on (→)"
        disabled={at === last}
        onClick={() => act({ do: 'goTo', at: at + 1 })}
      />
      <p className={styles.where} data-testid="where">
        {at === 0 ? 'Before the first access' : `Access ${at} of ${last}`}
        {at > 0 && <strong>{names[ids[at - 1]]}</strong>}
      </p>
      {mode === 'watch' && traces.length > 1 && (
        <Button
          className={styles.difference}
          disabled={difference < 0}
          onClick={() => act({ do: 'goTo', at: difference + 1 })}
        >
          {difference < 0 ? 'No difference' : `First difference: ${difference + 1}`}
        </Button>
      )}
      {mode === 'watch' && (
        <div className={styles.speed}>
          <Select
            label="Accesses a second"
            hideLabel
            value={String(speed)}
            options={speeds.map((value) => ({
              value: String(value),
              label: `${value === 0.5 ? '1/2' : value} a second`,
            }))}
            onChange={(value) => setSpeed(Number(value))}
          />
        </div>
      )}
    </section>
  );
}

/** Plays: one access after the other at a speed, to the end. From the end it begins again. */
export function usePlaying(microscope: Microscope) {
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const { at, ids, mode, act } = microscope;
  const running = playing && mode === 'watch' && at < ids.length;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setTimeout(() => act({ do: 'goTo', at: at + 1 }), 1000 / speed);
    return () => clearTimeout(timer);
  }, [running, speed, at, act]);
  const toggle = (wanted: boolean) => {
    if (wanted && at >= ids.length) act({ do: 'goTo', at: 0 });
    setPlaying(wanted && ids.length > 0);
  };
  // At the end it stands still: the next press of play starts again.
  if (playing && !running) setPlaying(at < ids.length && mode === 'watch');
  return { playing: running, setPlaying: toggle, speed, setSpeed };
}
