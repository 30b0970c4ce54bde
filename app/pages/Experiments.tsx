import { useCallback, useEffect, useState } from 'react';
import { useParams } from 'wouter';
import { claimIndex, type ExperimentEntry, experimentIndex } from '../content/experiments.ts';
import { ExperimentClient } from '../engine/ExperimentClient.ts';
import { Button } from '../ui/Button.tsx';
import { SearchField } from '../ui/SearchField.tsx';
import { Select } from '../ui/Select.tsx';
import { ExperimentRow } from './experiments/ExperimentRow.tsx';
import styles from './experiments/Experiments.module.css';
import { experimentTopics } from './experiments/experimentTopics.ts';
import { useTitle } from './frame/useTitle.ts';

const statuses = [
  { value: 'all', label: 'Any' },
  { value: 'holds', label: 'Holds' },
  { value: 'corrected', label: 'Another figure' },
  { value: 'fails', label: 'Does not hold' },
];

/** By their first claim, as the catalogue has them. */
const inOrderOfClaims = experimentIndex.toSorted((a, b) => placeOf(a) - placeOf(b));

function placeOf({ claims }: ExperimentEntry): number {
  return Math.min(...claims.map((claim) => claimIndex.findIndex(({ id }) => id === claim)));
}

/** Every claim with its source, the documents' figure, and ours, measured in this browser as it comes into view. */
export function Experiments() {
  useTitle('Experiments');
  const named = useParams<{ experiment?: string }>().experiment;
  const [words, setWords] = useState('');
  const [topic, setTopic] = useState<string>();
  const [status, setStatus] = useState('all');
  const [found, setFound] = useState<Readonly<Record<string, string>>>({});
  const [client] = useState(() => new ExperimentClient());
  useEffect(() => () => client.close(), [client]);
  const onStatus = useCallback(
    (id: string, next: string) => setFound((before) => (before[id] === next ? before : { ...before, [id]: next })),
    [],
  );
  const present = experimentTopics.filter(({ id }) => experimentIndex.some((one) => one.topic === id));
  const shown = inOrderOfClaims.filter(
    (one) =>
      (topic === undefined || one.topic === topic) &&
      (status === 'all' || found[one.id] === status) &&
      matches(`${one.title} ${one.claim} ${one.claims.join(' ')} ${one.id}`, words),
  );
  const measured = Object.values(found).filter((one) => ['holds', 'corrected', 'fails'].includes(one));
  const good = measured.filter((one) => one !== 'fails').length;
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>Experiments</h1>
        <p className={styles.lead}>
          What people say about caches, put to the test. Each of these runs in your browser, now, as you scroll to it:
          the figure that is claimed, the one that comes out, and what mathematics expects.
        </p>
      </header>
      <div className={styles.filters}>
        <SearchField label="Find a claim" value={words} onChange={setWords} />
        <fieldset className={styles.topics} aria-label="Topic">
          {present.map(({ id, title }) => (
            <Button key={id} aria-pressed={topic === id} onClick={() => setTopic(topic === id ? undefined : id)}>
              {title}
            </Button>
          ))}
        </fieldset>
        <Select label="Result" value={status} options={statuses} onChange={setStatus} />
        <output className={styles.count}>
          {shown.length} of {experimentIndex.length}
          {measured.length > 0 && ` · ${good} of ${measured.length} measured hold`}
        </output>
      </div>
      {named !== undefined && !experimentIndex.some(({ id }) => id === named) && (
        <p className={styles.problem} role="alert">
          There is no experiment called “{named}”. These are all there are.
        </p>
      )}
      {present.map(({ id, title, text }) => {
        const rows = shown.filter((one) => one.topic === id);
        if (rows.length === 0) return null;
        return (
          <section key={id} className={styles.section} aria-labelledby={`experiments-${id}`}>
            <div className={styles.about}>
              <h2 id={`experiments-${id}`}>{title}</h2>
              <p>{text}</p>
            </div>
            <ul data-plain="" className={styles.rows}>
              {rows.map((one) => (
                <ExperimentRow
                  key={one.id}
                  experiment={one}
                  client={client}
                  named={one.id === named}
                  onStatus={onStatus}
                />
              ))}
            </ul>
          </section>
        );
      })}
      {shown.length === 0 && (
        <p className={styles.nothing}>
          Nothing fits.{' '}
          <Button
            kind="text"
            onClick={() => {
              setWords('');
              setTopic(undefined);
              setStatus('all');
            }}
          >
            Show all {experimentIndex.length}
          </Button>
        </p>
      )}
    </div>
  );
}

function matches(text: string, words: string): boolean {
  const haystack = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}
