import styles from './Empty.module.css';

/** What stands where a request would be shown, while none is picked. */
export function Empty() {
  return (
    <p className={styles.empty}>
      Pick a request: click a mark on the stage, or go to the next slow one, miss, stale answer or error.
    </p>
  );
}
