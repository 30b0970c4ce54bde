import { useEffect, useId, useRef } from 'react';
import type { DrillRubric } from '../../src/drills.ts';
import styles from './Drill.module.css';
import { useRoom } from './room.ts';
import type { Sheet } from './session/Sheet.ts';
import { sayPoints } from './words.ts';

interface RubricFormProps {
  sheet: Sheet;
  lines: readonly DrillRubric[];
  by: 'self' | 'interviewer';
  /** Takes the focus when it appears. */
  focus?: boolean;
}

const levels = [4, 3, 2, 1, 0];

/** The rubric: what was seen, in words a person chooses from. Level of 4 gives that share of the points. */
export function RubricForm({ sheet, lines, by, focus = false }: RubricFormProps) {
  const first = useRef<HTMLElement>(null);
  useEffect(() => {
    if (focus) first.current?.focus();
  }, [focus]);
  if (lines.length === 0) return null;
  return (
    <section className={styles.rubric} ref={first} tabIndex={-1} aria-label="Rubric">
      {by === 'self' && (
        <p className={styles.selfScored}>
          <b>Self-scored.</b> Nobody else reads this. Score what you wrote, not what you meant; the sheet says that you
          scored it.
        </p>
      )}
      {lines.map((line) => (
        <RubricLine key={line.id} sheet={sheet} line={line} by={by} />
      ))}
    </section>
  );
}

function RubricLine({ sheet, line, by }: { sheet: Sheet; line: DrillRubric; by: 'self' | 'interviewer' }) {
  const { log } = useRoom();
  const name = useId();
  const given = sheet.log?.rubric.findLast(({ id }) => id === line.id);
  const rate = (level: number, note = given?.note ?? '') => log.act({ do: 'rate', rubric: line.id, level, by, note });
  const wordsOf = (level: number) =>
    line.levels?.find((one) => one.level === level)?.text ?? (level === 0 ? 'Nothing of it' : '');
  return (
    <fieldset className={styles.rubricLine}>
      <legend>
        {line.title} <span className={styles.quiet}>{sayPoints(line.points)}</span>
      </legend>
      {levels.map((level) =>
        wordsOf(level) === '' && line.levels !== undefined ? null : (
          <label key={level} className={styles.level}>
            <input type="radio" name={name} checked={given?.level === level} onChange={() => rate(level)} />
            <b>{level}</b> <span>{wordsOf(level)}</span>
          </label>
        ),
      )}
      {by === 'interviewer' && (
        <label className={styles.remark}>
          Why
          <input
            type="text"
            maxLength={400}
            defaultValue={given?.note ?? ''}
            disabled={given === undefined}
            onBlur={(event) => {
              if (given !== undefined && event.target.value !== (given.note ?? ''))
                rate(given.level, event.target.value);
            }}
          />
        </label>
      )}
    </fieldset>
  );
}
