import { useState } from 'react';
import { Disclosure } from '../ui/Disclosure.tsx';
import styles from './Drill.module.css';
import { useRoom } from './room.ts';

/** The three windows of an interview, each by its own link. */
export function InviteLinks() {
  const { drill } = useRoom();
  const [session] = useState(() => Math.random().toString(36).slice(2, 8));
  const windows = [
    ['interviewer', 'Interviewer', 'sees the key, scores, lets faults in'],
    ['candidate', 'Candidate', 'works on the drill; the key is never fetched there'],
    ['audience', 'Audience', 'looks on'],
  ] as const;
  return (
    <Disclosure summary="Interview somebody">
      <p>Open these in windows of this browser. They find each other by themselves.</p>
      <ul className={styles.windows}>
        {windows.map(([role, title, does]) => (
          <li key={role}>
            <a href={`#/drill/${drill.id}?role=${role}&session=${session}`} target="_blank" rel="noreferrer">
              {title}
            </a>
            : {does}.
          </li>
        ))}
      </ul>
      <p className={styles.quiet}>
        Far apart, the candidate shares the screen of that window and sends the file it saves at the end; you open it in
        yours.
      </p>
    </Disclosure>
  );
}
