import { useSyncExternalStore } from 'react';
import { currentNotice, subscribeToNotices } from './announce.ts';
import styles from './Notices.module.css';

/** The one live region of the app, and the place for short notices such as "Link copied". Stands once, in the frame. */
export function Notices() {
  const { spoken, shown } = useSyncExternalStore(subscribeToNotices, currentNotice);
  return (
    <>
      <output className={styles.spoken}>{spoken}</output>
      {shown && (
        <p className={styles.shown} aria-hidden="true">
          {shown}
        </p>
      )}
    </>
  );
}
