import { scenarioIndex } from '../content/scenarioIndex.ts';
import { Catalogue } from './catalogue/Catalogue.tsx';
import { useTitle } from './frame/useTitle.ts';
import { GalleryRow } from './gallery/GalleryRow.tsx';
import styles from './gallery/GalleryRow.module.css';
import { scenarioTopics } from './gallery/scenarioTopics.ts';

/** Every scenario by topic, narrowed by a word or a topic. */
export function Gallery() {
  useTitle('Gallery');
  return (
    <Catalogue
      title="Gallery"
      lead="Each of these is one thing that happens to caches, ready to run."
      findLabel="Find a scenario"
      topics={scenarioTopics}
      items={scenarioIndex}
      textOf={({ id, title, summary, try: hint }) => `${id} ${title} ${summary} ${hint}`}
      count={(shown) => (shown === 1 ? '1 scenario' : `${shown} scenarios`)}
      rows={(scenarios) => scenarios.map((scenario) => <GalleryRow key={scenario.id} scenario={scenario} />)}
      rowsClassName={styles.rows}
    />
  );
}
