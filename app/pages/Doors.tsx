import { Link } from 'wouter';
import { lessonCount } from '../content/lessonCount.ts';
import { listedScenarios } from '../content/scenarios.ts';
import { Icon } from '../ui/Icon.tsx';
import styles from './Doors.module.css';

interface Door {
  to: string;
  name: string;
  title: string;
  text: string;
}

/** The ways on from home: study, teach, drill. */
export function Doors() {
  return (
    <nav aria-label="Where to go from here" className={styles.doors}>
      {doors().map((door) => (
        <Link key={door.to} href={door.to} className={styles.door}>
          <span className={styles.name}>{door.name}</span>
          <span className={styles.title}>
            {door.title}
            <Icon name="chevron" size={16} />
          </span>
          <span className={styles.text}>{door.text}</span>
        </Link>
      ))}
    </nav>
  );
}

function doors(): Door[] {
  const { count, minutes, first } = lessonCount;
  return [
    {
      to: first === undefined ? '/learn' : `/learn/${first.id}`,
      name: 'Study',
      title: first?.title ?? 'Learn',
      text: `Bet first, then watch: ${count} lessons, ${minutes} minutes.`,
    },
    {
      to: '/embed',
      name: 'Teach',
      title: 'Put it on a slide',
      text: `${listedScenarios} systems and ${count} lessons, wherever you teach.`,
    },
    {
      to: '/drills',
      name: 'Drill',
      title: 'Mend what breaks at eleven',
      text: 'Bet, look, change, explain: alone or across a table.',
    },
  ];
}
