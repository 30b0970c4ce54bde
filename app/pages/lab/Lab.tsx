import { Link } from 'wouter';
import { PageHead } from '../frame/PageHead.tsx';
import { useTitle } from '../frame/useTitle.ts';
import styles from './Lab.module.css';

/** What the laboratory holds. A page of its own is a line in `routes.tsx` and one here. */
const rooms = [
  {
    to: '/lab/microscope',
    name: 'Up close',
    title: 'Microscope',
    text: 'A handful of slots, a few dozen accesses, one step at a time. See each policy’s own lists, hands, ghosts and counters, and say who dies before it does.',
  },
  {
    to: '/lab/curves',
    name: 'From afar',
    title: 'Curves',
    text: 'Millions of accesses, yours or made here. Every policy’s hit ratio at every size of the cache, and what one more gigabyte would buy.',
  },
];

/** The eviction laboratory: two ways to look at the same policies. */
export function Lab() {
  useTitle('Eviction laboratory');
  return (
    <div className={styles.page}>
      <PageHead
        title="The eviction laboratory"
        lead="A full cache must forget something to learn something. What it forgets is its policy, and no policy is right for every load. Look at them one access at a time, or over millions."
      />
      <nav aria-label="Rooms of the laboratory" className={styles.rooms}>
        {rooms.map((room) => (
          <Link key={room.to} href={room.to} className={styles.room}>
            <span className={styles.name}>{room.name}</span>
            <span className={styles.title}>{room.title}</span>
            <span className={styles.text}>{room.text}</span>
          </Link>
        ))}
      </nav>
    </div>
  );
}
