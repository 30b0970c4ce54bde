import { useState } from 'react';
import { type ScenarioEntry, scenarioIndex } from '../content/scenarioIndex.ts';
import { Button } from '../ui/Button.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { useTitle } from './frame/useTitle.ts';
import { GalleryRow } from './GalleryRow.tsx';
import styles from './Gallery.module.css';
import { matches, topics } from './topics.ts';

/** Every scenario by topic, narrowed by a word or a topic. */
export function Gallery() {
  useTitle('Gallery');
  const [words, setWords] = useState('');
  const [topic, setTopic] = useState<ScenarioEntry['topic']>();
  const present = topics.filter(({ id }) => scenarioIndex.some((scenario) => scenario.topic === id));
  const found = scenarioIndex.filter((scenario) => matches(scenario, words, topic));
  return (
    <div className={styles.gallery}>
      <header className={styles.header}>
        <h1>Gallery</h1>
        <p className={styles.lead}>Each of these is one thing that happens to caches, ready to run.</p>
      </header>
      <div className={styles.filters}>
        <SearchField label="Find a scenario" value={words} onChange={setWords} />
        <fieldset className={styles.topics} aria-label="Topic">
          {present.map(({ id, title }) => (
            <Button key={id} aria-pressed={topic === id} onClick={() => setTopic(topic === id ? undefined : id)}>
              {title}
            </Button>
          ))}
        </fieldset>
        <output className={styles.count}>{found.length === 1 ? '1 scenario' : `${found.length} scenarios`}</output>
      </div>
      {present.map(({ id, title, text }) => {
        const rows = found.filter((scenario) => scenario.topic === id);
        if (rows.length === 0) return null;
        return (
          <section key={id} className={styles.section} aria-labelledby={`topic-${id}`}>
            <div className={styles.about}>
              <h2 id={`topic-${id}`}>{title}</h2>
              <p>{text}</p>
            </div>
            <ul data-plain="" className={styles.rows}>
              {rows.map((scenario) => (
                <GalleryRow key={scenario.id} scenario={scenario} />
              ))}
            </ul>
          </section>
        );
      })}
      {found.length === 0 && (
        <p className={styles.nothing}>
          Nothing fits.{' '}
          <Button
            kind="text"
            onClick={() => {
              setWords('');
              setTopic(undefined);
            }}
          >
            Show all {scenarioIndex.length}
          </Button>
        </p>
      )}
    </div>
  );
}
