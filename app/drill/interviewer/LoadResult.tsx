import { useId, useState } from 'react';
import { type DrillResult, logOf } from '../../../src/drills.ts';
import styles from '../Drill.module.css';
import { useRoom } from '../room.ts';
import { eventsOf } from '../session/eventsOf.ts';

/** Opens the file that a candidate elsewhere has saved: it is run again here, judged with the key, and scored. */
export function LoadResult() {
  const { drill, log } = useRoom();
  const [problem, setProblem] = useState('');
  const id = useId();
  const open = async (file: File | undefined) => {
    setProblem('');
    if (file === undefined) return;
    if (file.size > 2_000_000) {
      setProblem('That file is too large to be the result of a drill.');
      return;
    }
    try {
      const result = JSON.parse(await file.text()) as DrillResult;
      if (result.hotpathResult !== 1) throw new Error('It is not the result of a drill.');
      if (result.drill?.id !== drill.id) throw new Error(`It is of another drill, ${shortened(result.drill?.id)}.`);
      if (result.drill.hash !== drill.hash) throw new Error('It was made with another version of this drill.');
      const problem = log.load(eventsOf(logOf(result)));
      if (problem !== '') throw new Error(problem);
    } catch (error) {
      setProblem(`The file cannot be used. ${error instanceof Error ? error.message : ''}`);
    }
  };
  return (
    <section className={styles.after}>
      <h2>The candidate was elsewhere?</h2>
      <p>
        <label htmlFor={id}>Open the file they saved</label>{' '}
        <input
          id={id}
          className={styles.file}
          type="file"
          accept=".json,application/json"
          onChange={(event) => void open(event.target.files?.[0])}
        />
      </p>
      {problem !== '' && (
        <p role="alert" className={styles.notice}>
          {problem}
        </p>
      )}
    </section>
  );
}

function shortened(id: unknown): string {
  return typeof id === 'string' ? id.slice(0, 60) : 'which it does not name';
}
