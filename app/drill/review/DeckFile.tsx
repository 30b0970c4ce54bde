import { type ChangeEvent, useRef, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { saveText } from '../saveText.ts';
import { type Deck, forgetAside, importDeck } from './deckStore.ts';
import { deckLimits, deckText } from './readDeck.ts';
import styles from './Review.module.css';

/** The deck as a file, to and fro. It is kept in this browser alone. */
export function DeckFile({ cards }: Pick<Deck, 'cards'>) {
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  const open = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    event.target.value = '';
    if (file === undefined) return;
    const text = file.size > deckLimits.characters ? undefined : await file.text().catch(() => undefined);
    const read = text === undefined ? { error: 'It is too large, or it cannot be read.' } : importDeck(text);
    if ('error' in read) return setSaid(`This file was not taken. ${read.error}`);
    const { added, newer, damaged } = read;
    const missing = damaged === 0 ? '' : ` ${damaged} could not be read.`;
    return setSaid(`${added} new, ${newer} brought up to date.${missing}`);
  };
  return (
    <section className={styles.section} aria-labelledby="review-file">
      <h2 id="review-file" className={styles.sectionTitle}>
        Keep it
      </h2>
      <p className={styles.words}>Your cards are in this browser and nowhere else. Take them along as a file.</p>
      <p className={styles.acts}>
        <Button
          disabled={cards.length === 0}
          onClick={() => saveText(deckText(cards), 'hotpath-review.json', 'application/json')}
        >
          Save as a file
        </Button>
        <Button onClick={() => input.current?.click()}>Add from a file</Button>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          className={styles.file}
          tabIndex={-1}
          aria-label="File of review cards"
          onChange={(event) => void open(event)}
        />
      </p>
      <output className={styles.words}>{said}</output>
    </section>
  );
}

/** Says that something could not be read, and offers it untouched. */
export function AsideNotice({ aside }: Pick<Deck, 'aside'>) {
  if (aside === undefined) return null;
  return (
    <div role="alert" className={styles.aside}>
      <p>{aside.why} What was kept is set aside, untouched.</p>
      <p className={styles.acts}>
        <Button onClick={() => saveText(aside.text, 'hotpath-review-damaged.txt', 'text/plain')}>
          Save it as a file
        </Button>
        <Button onClick={forgetAside}>Throw it away</Button>
      </p>
    </div>
  );
}
