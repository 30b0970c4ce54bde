import styles from './Loading.module.css';

/** Shown while a page's code is on its way; it appears only when that takes long enough to be noticed. */
export function Loading() {
  return <output className={styles.loading}>Loading</output>;
}
