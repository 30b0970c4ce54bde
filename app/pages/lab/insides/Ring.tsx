import { useState } from 'react';
import type { InsideList } from '../../../../src/lab.ts';
import { Cell } from './Cell.tsx';
import { ListTitle } from './CellList.tsx';
import type { Drawing } from './drawing.ts';
import styles from './Insides.module.css';

/** Slots around a dial with a hand: CLOCK. */
export function Ring({ drawing, list, slots }: { drawing: Drawing; list: InsideList; slots: number }) {
  const places = Math.max(slots, list.cells.length);
  const degrees = useShortestTurn(list.hand === null ? 0 : (list.hand * 360) / places);
  return (
    <section className={styles.list} aria-label={list.title} data-kind={list.kind}>
      <ListTitle list={list} slots={slots} />
      <div className={styles.ring} data-many={places > 8 || undefined}>
        <ol data-plain="">
          {Array.from({ length: places }, (_, place) => (
            <li
              key={place}
              style={{ '--turn': `${(place * 360) / places}deg` }}
              aria-hidden={place >= list.cells.length}
            >
              {place < list.cells.length ? (
                <Cell drawing={drawing} list={list} place={place} />
              ) : (
                <span className={styles.free} />
              )}
            </li>
          ))}
        </ol>
        {list.hand !== null && (
          <span className={styles.pointer} style={{ rotate: `${degrees}deg` }} aria-hidden="true" />
        )}
      </div>
    </section>
  );
}

/** An angle that turns the short way round instead of back through the whole dial. */
function useShortestTurn(degrees: number): number {
  const [shown, setShown] = useState(degrees);
  const turn = ((((degrees - shown) % 360) + 540) % 360) - 180;
  if (Math.abs(turn) < 0.01) return shown;
  setShown(shown + turn);
  return shown + turn;
}
