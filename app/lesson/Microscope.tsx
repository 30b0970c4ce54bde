import { type ComponentProps, lazy, Suspense } from 'react';
import styles from './Microscope.module.css';

/** The laboratory brings every policy with it, so it is fetched when a lesson shows a microscope. */
const SteppedMicroscope = lazy(() =>
  import('./microscope/SteppedMicroscope.tsx').then((module) => ({ default: module.SteppedMicroscope })),
);

/** A few policies over a short sequence, one access at a time, as a figure of a lesson. */
export function Microscope(props: ComponentProps<typeof SteppedMicroscope>) {
  return (
    <div className={styles.wide} data-figure="">
      <Suspense
        fallback={<output className={styles.waiting} aria-busy="true" aria-label="The microscope is being loaded" />}
      >
        <SteppedMicroscope {...props} />
      </Suspense>
    </div>
  );
}
