import { type InsideList, markOf } from '../../../../src/lab.ts';
import { MeaningMark } from '../../../ui/MeaningMark.tsx';
import type { Drawing } from './drawing.ts';
import styles from './Insides.module.css';

/** Two keys and how often each was asked for: the admission duel of W-TinyLFU. One stays, the other leaves. */
export function Duel({ drawing, list }: { drawing: Drawing; list: InsideList }) {
  const [candidate, victim] = list.cells;
  if (candidate === undefined || victim === undefined) return null;
  const fresh = drawing.step !== null && list.cells.some(({ id }) => id === drawing.step?.victim);
  return (
    <section className={styles.list} aria-label="Admission duel" data-stale={!fresh || undefined}>
      <p className={styles.title}>
        <span>{fresh ? 'Duel for the place' : 'Last duel'}</span>
        <span className={styles.ends}>more often asked for stays</span>
      </p>
      <div className={styles.duel}>
        {[candidate, victim].map((cell, side) => {
          const stays = markOf(cell, 'stays') === 1;
          return (
            <p key={side === 0 ? 'candidate' : 'victim'} data-stays={stays || undefined}>
              <span className={styles.side}>{side === 0 ? 'from the window' : 'from the main part'}</span>
              <span className={styles.fighter}>
                <b>{drawing.names[cell.id]}</b> seen {markOf(cell, 'frequency')}×
              </span>
              <span className={styles.end}>
                {!stays && <MeaningMark is="error" size={9} />}
                {stays ? 'stays' : 'goes'}
              </span>
            </p>
          );
        })}
      </div>
    </section>
  );
}
