import { type FormEvent, useState } from 'react';
import { drillIndex } from '../../content/drills.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/Button.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { fetchDrill } from '../useDrill.ts';
import { addCards } from './cards.ts';
import styles from './Review.module.css';
import { cardLimits, type ReviewCard } from './ReviewCard.ts';

/** Adding by hand: the cards of any drill, and cards of one's own. */
export function AddCards({ cards }: { cards: readonly ReviewCard[] }) {
  return (
    <section className={styles.section} aria-labelledby="review-add">
      <h2 id="review-add" className={styles.sectionTitle}>
        Add cards
      </h2>
      <Disclosure summary="From a drill">
        <p className={styles.words}>A finished drill adds its cards by itself. Here you can have them without it.</p>
        <ul data-plain="" className={styles.list}>
          {drillIndex.map(({ id, title }) => (
            <DrillRow key={id} id={id} title={title} inDeck={cards.filter(({ drill }) => drill === id).length} />
          ))}
        </ul>
      </Disclosure>
      <Disclosure summary="Of your own">
        <OwnCard />
      </Disclosure>
    </section>
  );
}

function DrillRow({ id, title, inDeck }: { id: string; title: string; inDeck: number }) {
  const [state, setState] = useState('');
  const add = async () => {
    setState('Being fetched.');
    const loaded = await fetchDrill(id, 'solo').catch(() => ({ problem: 'The drill could not be fetched.' }));
    if ('problem' in loaded) return setState(loaded.problem);
    const added = addCards(id, loaded.drill.cards);
    const said = added < 0 ? 'The deck is full.' : added === 0 ? 'All are there already.' : `${added} added.`;
    announce(`${title}: ${said}`);
    return setState(said);
  };
  return (
    <li className={styles.item}>
      <span className={styles.itemWords}>
        {title}
        <span className={styles.from}>{inDeck === 0 ? 'none in your deck' : `${inDeck} in your deck`}</span>
      </span>
      <span className={styles.when}>{state}</span>
      <Button aria-label={`Add the cards of ${title}`} onClick={() => void add()}>
        Add
      </Button>
    </li>
  );
}

function OwnCard() {
  const [words, setWords] = useState({ q: '', a: '' });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const added = addCards('', [{ q: words.q.trim(), a: words.a.trim() }]);
    if (added === 1) setWords({ q: '', a: '' });
    announce(
      added === 1 ? 'Card added.' : added < 0 ? 'The deck is full.' : 'A card with this question is there already.',
      { show: true },
    );
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <label className={styles.field}>
        Question
        <textarea
          required
          rows={2}
          maxLength={cardLimits.q}
          value={words.q}
          onChange={(event) => setWords({ ...words, q: event.target.value })}
        />
      </label>
      <label className={styles.field}>
        Answer
        <textarea
          required
          rows={3}
          maxLength={cardLimits.a}
          value={words.a}
          onChange={(event) => setWords({ ...words, a: event.target.value })}
        />
      </label>
      <Button type="submit" disabled={words.q.trim() === '' || words.a.trim() === ''}>
        Add the card
      </Button>
    </form>
  );
}
