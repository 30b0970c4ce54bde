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
  const lessons = count === 1 ? '1 lesson' : `${count} lessons`;
  const study: Door[] =
    first === undefined
      ? []
      : [
          {
            to: `/learn/${first.id}`,
            name: 'Study',
            title: first.title,
            text: `Bet first, then watch. ${lessons}, ${minutes} minutes in all.`,
          },
        ];
  return [
    ...study,
    {
      to: '/embed',
      name: 'Teach',
      title: 'Put it on a slide',
      text: `${listedScenarios} systems and ${lessons}, inside slides, docs or a course.`,
    },
    {
      to: '/drills',
      name: 'Drill',
      title: 'Mend what breaks at eleven',
      text: 'Bet, look, change and explain: alone, or across a table.',
    },
  ];
}
