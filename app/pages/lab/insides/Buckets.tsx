import { type InsideList, markOf } from '../../../../src/lab.ts';
import { Cell } from './Cell.tsx';
import { ListTitle } from './CellList.tsx';
import type { Drawing } from './drawing.ts';
import styles from './Insides.module.css';

interface BucketsProps {
  drawing: Drawing;
  list: InsideList;
  slots: number;
  /** The mark by which cells are gathered, and how a bucket is called. */
  mark: string;
  title: (value: number) => string;
}

/** A list gathered by a count, lowest first: LFU. */
export function Buckets({ drawing, list, slots, mark, title }: BucketsProps) {
  const places = list.cells.map((_, place) => place);
  const values = [...new Set(list.cells.map((cell) => markOf(cell, mark) ?? 0))].sort((a, b) => a - b);
  return (
    <section className={styles.list} aria-label={list.title} data-kind={list.kind}>
      <ListTitle list={list} slots={slots} />
      <dl className={styles.buckets}>
        {values.map((value) => (
          <div key={value} className={styles.bucket}>
            <dt>{title(value)}</dt>
            <dd className={styles.row}>
              {places
                .filter((place) => (markOf(list.cells[place], mark) ?? 0) === value)
                .map((place) => (
                  <Cell key={drawing.glideKey(list, place)} drawing={drawing} list={list} place={place} />
                ))}
            </dd>
          </div>
        ))}
      </dl>
      {values.length === 0 && <p className={styles.none}>empty</p>}
    </section>
  );
}
