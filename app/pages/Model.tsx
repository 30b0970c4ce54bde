import Text from 'virtual:model';
import { lessonComponents } from '../lesson/components.tsx';
import { useTitle } from './frame/useTitle.ts';
import styles from './Lesson.module.css';

/** What the simulation simulates and what it leaves out: the engine's own document, as it stands beside the code. */
export function Model() {
  useTitle('Model');
  return (
    <article className={styles.lesson}>
      <Text components={lessonComponents} />
    </article>
  );
}
