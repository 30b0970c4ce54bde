import { type FormEvent, useId, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import styles from '../Drill.module.css';
import { useRoom } from '../room.ts';
import type { Sheet } from '../session/Sheet.ts';
import { formatReal } from '../words.ts';

/** Notes as they come, each with the time at which it was written. */
export function NotesPanel({ sheet }: { sheet: Sheet }) {
  const { log } = useRoom();
  const [text, setText] = useState('');
  const id = useId();
  const notes = sheet.log?.notes ?? [];
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    log.act({ do: 'note', text: text.trim() });
    setText('');
  };
  return (
    <section aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>Notes</h3>
      <form className={styles.noteForm} onSubmit={add}>
        <label htmlFor={id} className={styles.hidden}>
          A note
        </label>
        <input id={id} type="text" maxLength={4000} value={text} onChange={(event) => setText(event.target.value)} />
        <Button type="submit">Note it</Button>
      </form>
      {notes.length > 0 && (
        <ol data-plain="" className={styles.notes}>
          {notes.toReversed().map((note) => (
            <li key={`${note.atS}${note.text}`}>
              <time>{formatReal(note.atS * 1000)}</time> {note.text}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
