import { Link } from 'wouter';
import type { ScenarioEntry } from '../../content/scenarioIndex.ts';
import { Icon } from '../../ui/Icon.tsx';
import styles from './GalleryRow.module.css';

/** One scenario in the gallery: its name leads to the playground, and below stands what to try there. */
export function GalleryRow({ scenario }: { scenario: ScenarioEntry }) {
  return (
    <li className={styles.row}>
      <h3 className={styles.title}>
        <Link href={`/play/${scenario.id}`} className={styles.link}>
          {scenario.title}
          <Icon name="chevron" size={15} />
        </Link>
      </h3>
      {scenario.summary && <p>{scenario.summary}</p>}
      {scenario.try && (
        <p className={styles.try}>
          <span>Try:</span> {scenario.try}
        </p>
      )}
    </li>
  );
}
