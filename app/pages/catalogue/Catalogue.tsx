import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { PageHead } from '../frame/PageHead.tsx';
import styles from './Catalogue.module.css';
import { matchesWords } from './matchesWords.ts';

/** A topic of a catalogue: its name, and a line that says what belongs to it. */
export interface Topic {
  id: string;
  title: string;
  text: string;
}

interface CatalogueProps<Item extends { topic: string }> {
  title: string;
  lead: string;
  findLabel: string;
  topics: readonly Topic[];
  /** Everything there is, in order. */
  items: readonly Item[];
  /** The words by which an item is found. */
  textOf: (item: Item) => string;
  /** A further filter of the page's own: its control, whether an item passes, and how it is undone. */
  further?: { control: ReactNode; passes: (item: Item) => boolean; clear: () => void };
  /** How much is shown, in words. */
  count: (shown: number) => string;
  /** Stands above the first topic. */
  notice?: ReactNode;
  /** The rows of one topic, each a list item. */
  rows: (items: readonly Item[]) => ReactNode;
  rowsClassName: string;
}

/** A page that lists all there is of a kind by topic, narrowed by words, by a topic, and by what else the page offers. */
export function Catalogue<Item extends { topic: string }>(props: CatalogueProps<Item>) {
  const { title, lead, findLabel, items, textOf, further, count, notice, rows, rowsClassName } = props;
  const [words, setWords] = useState('');
  const [topic, setTopic] = useState<string>();
  const topics = props.topics.filter(({ id }) => items.some((item) => item.topic === id));
  const shown = items.filter(
    (item) =>
      (topic === undefined || item.topic === topic) &&
      (further?.passes(item) ?? true) &&
      matchesWords(textOf(item), words),
  );
  const clear = () => {
    setWords('');
    setTopic(undefined);
    further?.clear();
  };
  return (
    <div className={styles.page}>
      <PageHead title={title} lead={lead} />
      <div className={styles.filters}>
        <SearchField label={findLabel} value={words} onChange={setWords} />
        <fieldset className={styles.topics} aria-label="Topic">
          {topics.map((one) => (
            <Button
              key={one.id}
              aria-pressed={topic === one.id}
              onClick={() => setTopic(topic === one.id ? undefined : one.id)}
            >
              {one.title}
            </Button>
          ))}
        </fieldset>
        {further?.control}
        <output className={styles.count}>{count(shown.length)}</output>
      </div>
      {notice}
      {topics.map(({ id, title: name, text }) => {
        const inTopic = shown.filter((item) => item.topic === id);
        if (inTopic.length === 0) return null;
        return (
          <section key={id} className={styles.section} aria-labelledby={`topic-${id}`}>
            <div className={styles.about}>
              <h2 id={`topic-${id}`}>{name}</h2>
              <p>{text}</p>
            </div>
            <ul data-plain="" className={rowsClassName}>
              {rows(inTopic)}
            </ul>
          </section>
        );
      })}
      {shown.length === 0 && (
        <p className={styles.nothing}>
          Nothing fits.{' '}
          <Button kind="text" onClick={clear}>
            Show all {items.length}
          </Button>
        </p>
      )}
    </div>
  );
}
