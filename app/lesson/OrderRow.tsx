import { IconButton } from '../ui/IconButton.tsx';
import styles from './Predict.module.css';

interface OrderRowProps {
  /** Place of the item in the question. */
  item: number;
  label: string;
  /** Its place in the list, from 0, and how many there are. */
  place: number;
  count: number;
  /** Moves it up (−1) or down (1); undefined once the order is placed. */
  onMove?: (by: -1 | 1) => void;
  /** What was measured. */
  value?: string;
  /** `right`, or where it really stands. */
  verdict?: string;
}

/** One item of an order that is bet on. */
export function OrderRow({ item, label, place, count, onMove, value, verdict }: OrderRowProps) {
  return (
    <li data-item={item} className={styles.item}>
      <span className={styles.rank} aria-hidden="true">
        {place + 1}
      </span>
      <span className={styles.itemName}>{label}</span>
      {onMove !== undefined && (
        <span>
          <span className={styles.up}>
            <IconButton icon="chevron" label={`Move up: ${label}`} disabled={place === 0} onClick={() => onMove(-1)} />
          </span>
          <span className={styles.down}>
            <IconButton
              icon="chevron"
              label={`Move down: ${label}`}
              disabled={place === count - 1}
              onClick={() => onMove(1)}
            />
          </span>
        </span>
      )}
      {value !== undefined && <span className={styles.itemValue}>{value}</span>}
      {verdict !== undefined && <span className={styles.itemPlace}>{verdict}</span>}
    </li>
  );
}
