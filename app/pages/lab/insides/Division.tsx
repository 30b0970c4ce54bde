import type { InsideGauge } from '../../../../src/lab.ts';
import { formatNumber } from '../../../ui/format.ts';
import styles from './Insides.module.css';

interface DivisionProps {
  gauge: InsideGauge;
  /** In entries. */
  capacity: number;
  /** Entries of the left part and of the right one. */
  left: { title: string; size: number };
  right: { title: string; size: number };
}

/** The cache as one bar that two lists share, with the target of the left one as a mark that moves: ARC. */
export function Division({ gauge, capacity, left, right }: DivisionProps) {
  const share = (size: number): string => `${(size / capacity) * 100}%`;
  return (
    <div className={styles.division}>
      <p className={styles.spoken}>
        {left.title} holds {left.size}, {right.title} {right.size}, of {capacity}; p is {formatNumber(gauge.value)}.
      </p>
      <p className={styles.divisionWords} aria-hidden="true">
        <span>
          {left.title} {left.size}
        </span>
        <span>
          {right.title} {right.size}
        </span>
      </p>
      <span className={styles.bar} aria-hidden="true">
        <span className={styles.left} style={{ width: share(left.size) }} />
        <span className={styles.right} style={{ width: share(right.size) }} />
        <span className={styles.target} style={{ left: share(gauge.value) }} />
      </span>
      <p className={styles.targetWords} aria-hidden="true">
        <span style={{ left: share(gauge.value), translate: `-${share(gauge.value)} 0` }}>
          p&nbsp;{formatNumber(gauge.value)}
        </span>
      </p>
    </div>
  );
}
