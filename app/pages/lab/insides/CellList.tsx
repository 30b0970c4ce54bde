import type { ReactNode } from 'react';
import type { InsideList } from '../../../../src/lab.ts';
import { Cell } from './Cell.tsx';
import { type Drawing, endsOf } from './drawing.ts';
import styles from './Insides.module.css';

interface CellListProps {
  drawing: Drawing;
  list: InsideList;
  /** Places to show, used or not; without it only the cells there are. */
  slots?: number;
  /** Between title and cells. */
  children?: ReactNode;
  stacked?: boolean;
}

/** A list as a row of cells that wraps, with its title, how full it is, and what its ends are. */
export function CellList({ drawing, list, slots = 0, children, stacked = false }: CellListProps) {
  const free = Math.max(0, slots - list.cells.length);
  return (
    <section className={styles.list} aria-label={list.title} data-kind={list.kind}>
      <ListTitle list={list} slots={slots} />
      {children}
      <ol data-plain="" className={stacked ? styles.stack : styles.row}>
        {list.cells.map((_, place) => (
          <li key={drawing.glideKey(list, place)}>
            <Cell drawing={drawing} list={list} place={place} />
          </li>
        ))}
        {Array.from({ length: free }, (_, place) => (
          <li key={`free ${place}`} aria-hidden="true" className={styles.free} />
        ))}
        {list.cells.length === 0 && free === 0 && <li className={styles.none}>empty</li>}
      </ol>
    </section>
  );
}

/** The head of a list. */
export function ListTitle({ list, slots = 0 }: { list: InsideList; slots?: number }) {
  const most = list.limit ?? slots;
  return (
    <p className={styles.title}>
      <span>{list.title}</span>
      <span className={styles.size}>{fullness(list.cells.length, most)}</span>
      <span className={styles.ends}>{endsOf(list)}</span>
    </p>
  );
}

/** Some limits hold only where another list wants the room: then there may be more. */
function fullness(size: number, most: number): string {
  if (most === 0) return String(size);
  return size > most ? `${size}, its share is ${most}` : `${size} of ${most}`;
}
