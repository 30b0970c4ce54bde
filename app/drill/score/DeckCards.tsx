import { Link } from 'wouter';
import type { Drill } from '../../../src/drills.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../Drill.module.css';
import { addCards, missingFrom } from '../review/cards.ts';
import { useDeck } from '../review/deckStore.ts';

/** The cards of a drill, for the review deck: what was learned comes back before it is forgotten. */
export function DeckCards({ drill }: { drill: Drill }) {
  const deck = useDeck((state) => state.cards);
  if (drill.cards.length === 0) return null;
  const missing = missingFrom(deck, drill.id, drill.cards);
  const cards = missing === 1 ? '1 card' : `${missing} cards`;
  return (
    <section className={styles.after}>
      <h3>Keep it</h3>
      <p className={styles.quiet}>
        {missing > 0
          ? `This drill has ${cards} for your review deck. Each comes back shortly before you would forget it.`
          : 'The cards of this drill are in your review deck.'}
      </p>
      <p className={styles.acts}>
        {missing > 0 && (
          <Button
            onClick={() => {
              addCards(drill.id, drill.cards);
              announce('The cards are in your review deck.');
            }}
          >
            Add {cards} to my deck
          </Button>
        )}
        <Link href="/review">Review</Link>
      </p>
    </section>
  );
}
