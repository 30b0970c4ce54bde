import { useId } from 'react';
import { type Confidence, confidences, useLesson } from './lessonState.ts';
import styles from './Predict.module.css';

/** How a confidence reads in a sentence that begins with "You were". */
export const confidenceWords: Readonly<Record<Confidence, string>> = {
  unsure: 'unsure',
  fairly: 'fairly sure',
  certain: 'certain',
};
const titles: Readonly<Record<Confidence, string>> = { unsure: 'Unsure', fairly: 'Fairly sure', certain: 'Certain' };

/** How sure somebody is of a bet: asked with it, and not needed. */
export function ConfidenceChoice({ id, isKnown }: { id: string; isKnown: boolean }) {
  const name = useId();
  const chosen = useLesson(({ confidence }) => confidence[id]);
  const setConfidence = useLesson((state) => state.setConfidence);
  if (isKnown && chosen === undefined) return null;
  return (
    <fieldset className={styles.confidence} disabled={isKnown}>
      <legend>How sure are you?</legend>
      <div className={styles.options}>
        {confidences.map((value) => (
          <label key={value} className={styles.option}>
            <input type="radio" name={name} checked={chosen === value} onChange={() => setConfidence(id, value)} />
            {titles[value]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
