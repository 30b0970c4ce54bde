import type { InsideList } from '../../../../src/lab.ts';
import { MeaningMark } from '../../../ui/MeaningMark.tsx';
import { type Drawing, isGhost, shownMarks } from './drawing.ts';
import styles from './Insides.module.css';

interface CellProps {
  drawing: Drawing;
  list: InsideList;
  place: number;
}

/** One key in a list: its name, what is known of it, and whether it is the one just asked for. */
export function Cell({ drawing, list, place }: CellProps) {
  const cell = list.cells[place];
  const { names, step, onPick } = drawing;
  const ghost = isGhost(list, cell);
  const entry = list.kind === 'resident' && !ghost;
  const now = entry && step?.id === cell.id && !step.refused ? (step.hit ? 'hit' : 'miss') : undefined;
  const marks = shownMarks(list, cell);
  const label = marks.filter((mark) => mark.as === 'label');
  const bit = marks.find((mark) => mark.as === 'bit');
  const state = {
    className: styles.cell,
    'data-ghost': ghost || undefined,
    'data-mention': list.kind === 'pool' || list.kind === 'sample' || undefined,
    'data-gone': cell.marks.some(({ name, value }) => name === 'gone' && value > 0) || undefined,
    'data-now': now,
    'data-hand': list.hand === place || undefined,
    'data-glide': drawing.glideKey(list, place),
  };
  const inner = (
    <>
      <span className={styles.key}>{names[cell.id]}</span>
      {label.map((mark) => (
        <span key={mark.words} className={styles.label} aria-hidden="true">
          {mark.text}
        </span>
      ))}
      {bit?.as === 'bit' && <span className={styles.bit} data-on={bit.on || undefined} aria-hidden="true" />}
      {now && (
        <span className={styles.now}>
          <MeaningMark is={now} size={12} />
        </span>
      )}
      <span className={styles.spoken}>
        {[...marks.map(({ words }) => words), list.hand === place ? 'hand here' : '', now ?? '']
          .filter(Boolean)
          .map((words) => `, ${words}`)
          .join('')}
      </span>
    </>
  );
  if (onPick && entry)
    return (
      <button type="button" {...state} onClick={() => onPick(cell.id)} aria-label={`${names[cell.id]} goes`}>
        {inner}
      </button>
    );
  return <span {...state}>{inner}</span>;
}
