import { announce } from '../../ui/announce.ts';
import { formatClock, formatCount } from '../../ui/format.ts';
import type { PlayheadSource } from '../PlayheadSource.ts';
import { usePlayheadStep } from '../usePlayheadStep.ts';
import styles from './ChartsView.module.css';
import { type ActMark, listedMarks } from './marks.ts';

/** Turns of one knob that are closer than this part of the axis were one drag. */
const dragShare = 0.01;

interface ActMarksProps {
  marks: readonly ActMark[];
  playhead: PlayheadSource;
  /** False while nobody sees it. */
  active: boolean;
  /** End of the time axis. */
  endUs: number;
  clock: string | undefined;
  /** The moment of the cursor stands here as well, where nothing near the charts says it. */
  saysMoment: boolean;
  onSeek: (us: number) => void;
}

/** What was done to the run, to be gone to: pressing one moves the cursor there, and says the moment. */
export function ActMarks({ marks, playhead, active, endUs, clock, saysMoment, onSeek }: ActMarksProps) {
  const atUs = usePlayheadStep(playhead, 1000, active);
  const { shown, left } = listedMarks(marks, endUs * dragShare);
  const isHere = (mark: ActMark) => Math.floor(mark.atUs / 1000) * 1000 === atUs;
  const here = shown.filter(isHere).map(({ label }) => label);
  return (
    <>
      {saysMoment && (
        <p className={styles.moment}>
          The line stands at <span>{formatClock(Math.max(0, atUs), clock)}</span>
          {here.length > 0 && `: ${here.join(', ')}`}
        </p>
      )}
      {shown.length > 0 && (
        <ul className={styles.marks} aria-label="What was done">
          {left > 0 && <li className={styles.earlier}>{formatCount(left)} earlier, then</li>}
          {shown.map((mark, index) => (
            <li key={`${mark.atUs}${index}`}>
              <button
                type="button"
                className={mark.knob ? styles.knobMark : styles.faultMark}
                aria-current={isHere(mark) ? 'time' : undefined}
                onClick={() => {
                  onSeek(mark.atUs);
                  announce(`At ${formatClock(mark.atUs, clock)}: ${mark.label}`);
                }}
              >
                {formatClock(mark.atUs, clock)} {mark.label}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
