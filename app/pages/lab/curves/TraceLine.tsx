import { Button } from '../../../ui/Button.tsx';
import { Disclosure } from '../../../ui/Disclosure.tsx';
import { countOf, formatCount } from '../../../ui/format.ts';
import styles from './Curves.module.css';
import type { CurvesLab, CurvesState } from './CurvesLab.ts';

interface TraceLineProps {
  lab: CurvesLab;
  state: CurvesState;
}

/** What is open, how far the next one has come, and what was wrong with it. */
export function TraceLine({ lab, state: { reading, readProblem, summary } }: TraceLineProps) {
  return (
    <div className={styles.traceLine}>
      {reading !== null && (
        <p className={styles.busy}>
          <progress value={reading.share} max={1} aria-label={`Reading ${reading.name}`} />
          <span>
            {reading.requests === undefined ? 'Begins' : countOf(reading.requests, 'request')}
            {(reading.badLines ?? 0) > 0 && `, ${countOf(reading.badLines ?? 0, 'bad line')}`}
          </span>
          <Button kind="text" onClick={() => lab.cancelReading()}>
            Cancel
          </Button>
        </p>
      )}
      {readProblem !== '' && (
        <p className={styles.problem} role="alert">
          <strong>It could not be read:</strong> {sentence(readProblem)}
          {summary !== null && ' What was open before still is.'}
        </p>
      )}
      {summary !== null && (
        <p>
          <strong>{countOf(summary.requests, 'request')}</strong> for{' '}
          <strong>{countOf(summary.distinct, 'different key')}</strong>
          {summary.format !== null && `, ${summary.name}`}.{' '}
          {summary.takes !== null && <span className={styles.quiet}>{summary.takes}</span>}
        </p>
      )}
      {summary?.cut != null && <p className={styles.problem}>{summary.cut}</p>}
      {summary !== null && summary.badLineCount > 0 && (
        <Disclosure summary={passedOver(summary.badLineCount)}>
          <ol data-plain="" className={styles.badLines}>
            {summary.badLines.map(({ line, reason }) => (
              <li key={line}>
                <strong>Line {formatCount(line)}:</strong> {reason}
              </li>
            ))}
            {summary.badLineCount > summary.badLines.length && (
              <li>and {formatCount(summary.badLineCount - summary.badLines.length)} more</li>
            )}
          </ol>
        </Disclosure>
      )}
    </div>
  );
}

/** Ends with a full stop, whatever it is that says what was wrong. */
function sentence(problem: string): string {
  return /[.!?]$/.test(problem) ? problem : `${problem}.`;
}

function passedOver(count: number): string {
  return count === 1 ? 'One bad line was passed over' : `${formatCount(count)} bad lines were passed over`;
}
