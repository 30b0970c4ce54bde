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

/** The ways on from home. A door stands here only when there is something behind it. */
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
            text: `Bet first, then watch. ${lessons}, ${minutes} minutes in all; this one takes ${first.minutes}.`,
          },
        ];
  return [
    ...study,
    {
      to: '/play',
      name: 'Try',
      title: 'Open the playground',
      text: 'Turn every knob, break things on purpose, and step through a single request.',
    },
    {
      to: '/gallery',
      name: 'Take along',
      title: 'Choose from the gallery',
      text: `${listedScenarios} ready systems. Any moment of a run is a link that you can send or put on a slide.`,
    },
  ];
}
