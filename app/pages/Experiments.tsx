import { useCallback, useEffect, useState } from 'react';
import { useParams } from 'wouter';
import { claimIndex, type ExperimentEntry, experimentIndex } from '../content/experiments.ts';
import { ExperimentClient } from '../engine/ExperimentClient.ts';
import { Select } from '../ui/Select.tsx';
import { Catalogue } from './catalogue/Catalogue.tsx';
import { ExperimentRow } from './experiments/ExperimentRow.tsx';
import styles from './experiments/ExperimentRow.module.css';
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
  const [status, setStatus] = useState('all');
  const [found, setFound] = useState<Readonly<Record<string, string>>>({});
  const [client] = useState(() => new ExperimentClient());
  useEffect(() => () => client.close(), [client]);
  const onStatus = useCallback(
    (id: string, next: string) => setFound((before) => (before[id] === next ? before : { ...before, [id]: next })),
    [],
  );
  const measured = Object.values(found).filter((one) => ['holds', 'corrected', 'fails'].includes(one));
  const number = (status: string) => measured.filter((one) => one === status).length;
  return (
    <Catalogue
      title="Experiments"
      lead="What people say about caches, put to the test. Each of these runs in your browser, now, as you scroll to it: the figure that is claimed, the one that comes out, and what mathematics expects."
      findLabel="Find a claim"
      topics={experimentTopics}
      items={inOrderOfClaims}
      textOf={({ id, title, claim, claims }) => `${title} ${claim} ${claims.join(' ')} ${id}`}
      further={{
        control: <Select label="Result" value={status} options={statuses} onChange={setStatus} />,
        passes: ({ id }) => status === 'all' || found[id] === status,
        clear: () => setStatus('all'),
      }}
      count={(shown) =>
        `${shown} of ${experimentIndex.length}` +
        (measured.length > 0
          ? ` · ${measured.length} measured: ${number('holds')} hold, ${number('corrected')} with another figure, ${number('fails')} do not hold`
          : '')
      }
      notice={
        named !== undefined &&
        !experimentIndex.some(({ id }) => id === named) && (
          <p className={styles.problem} role="alert">
            There is no experiment called “{named}”. These are all there are.
          </p>
        )
      }
      rows={(experiments) =>
        experiments.map((one) => (
          <ExperimentRow key={one.id} experiment={one} client={client} named={one.id === named} onStatus={onStatus} />
        ))
      }
      rowsClassName={styles.rows}
    />
  );
}
