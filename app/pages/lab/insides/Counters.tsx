import type { InsideGrid } from '../../../../src/lab.ts';
import styles from './Insides.module.css';

/** Counters on one line; longer rows go on below. */
const onOneLine = 16;

/** Rows of small counters, darker the higher: the sketch of W-TinyLFU. */
export function Counters({ grid }: { grid: InsideGrid }) {
  return (
    <section className={styles.list} aria-label={grid.title}>
      <p className={styles.title}>
        <span>{grid.title}</span>
        <span className={styles.ends}>
          {grid.rows.length} rows, counters 0 to {grid.most}
        </span>
      </p>
      <p className={styles.spoken}>{inWords(grid)}</p>
      <div className={styles.counters} aria-hidden="true">
        {grid.rows.map((row, place) => (
          // The rows of a sketch have no other name than their place.
          // oxlint-disable-next-line react/no-array-index-key
          <p key={place} style={{ '--columns': Math.min(onOneLine, row.length) }}>
            {row.map((value, column) => (
              <span
                // oxlint-disable-next-line react/no-array-index-key
                key={column}
                style={{ '--share': value / grid.most }}
                data-zero={value === 0 || undefined}
              >
                {value}
              </span>
            ))}
          </p>
        ))}
      </div>
    </section>
  );
}

function inWords({ rows }: InsideGrid): string {
  return rows
    .map((row, place) => `row ${place + 1}: ${row.filter((value) => value > 0).length} counters above zero`)
    .join(', ');
}
