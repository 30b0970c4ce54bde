import styles from './Predict.module.css';

/** Why a bet is not decided, and what to do: a control was turned too early. */
export function Spoilt() {
  return (
    <output className={styles.spoilt}>
      A control was turned before this was decided. Reset the figure and let it run to see how your bet comes out.
    </output>
  );
}
