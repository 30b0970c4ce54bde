import { type ChangeEvent, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { ownProgress } from '../stores/progress.ts';
import { Button } from '../ui/Button.tsx';
import { announce } from '../ui/announce.ts';
import styles from './Learn.module.css';

/** What is kept of one's own way through the course: as a file, from a file, and what could not be read. */
export function OwnProgress() {
  const store = ownProgress();
  const aside = useStore(store, (state) => state.aside);
  const { exportText, importText, dropAside } = store.getState();
  const [said, setSaid] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const say = (text: string) => {
    setSaid(text);
    announce(text);
  };
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.currentTarget.files?.[0];
    if (file === undefined) return;
    const problem = file.size > largestFile ? 'it is larger than any progress' : importText(await file.text());
    if (input.current) input.current.value = '';
    say(problem === '' ? 'Added what the file has.' : `The file could not be used: ${problem}.`);
  };
  return (
    <section className={styles.own} aria-labelledby="own-progress">
      <h2 id="own-progress" className={styles.partTitle}>
        Your progress
      </h2>
      <p className={styles.asks}>It is kept in this browser only. Take it along as a file, or bring one.</p>
      <p className={styles.row}>
        <Button onClick={() => download('hotpath-progress.json', exportText())}>Save as a file</Button>
        <Button onClick={() => input.current?.click()}>Bring a file</Button>
        <input
          ref={input}
          type="file"
          accept="application/json,.json"
          className={styles.file}
          aria-label="File with progress"
          tabIndex={-1}
          onChange={(event) => void read(event)}
        />
        <span>{said}</span>
      </p>
      {aside.length > 0 && (
        <div className={styles.aside}>
          <p>Something stored here could not be read: {aside.at(-1)?.problem}. It was set aside, not thrown away.</p>
          <p className={styles.row}>
            <Button onClick={() => download('hotpath-progress-set-aside.json', JSON.stringify(aside, null, 1))}>
              Save what was set aside
            </Button>
            <Button kind="text" onClick={dropAside}>
              Throw it away
            </Button>
          </p>
        </div>
      )}
    </section>
  );
}

/** Progress through the whole course is some kilobytes. */
const largestFile = 2_000_000;

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
