import styles from './Meaning.module.css';

/** The six things that data can mean. Each has one colour and one shape, everywhere. */
export const meanings = ['hit', 'miss', 'stale', 'error', 'write', 'refresh'] as const;
/** One of {@link meanings}. */
export type MeaningName = (typeof meanings)[number];

const shapes: Record<MeaningName, string> = {
  hit: 'M11 6A5 5 0 1 1 1 6a5 5 0 0 1 10 0z',
  miss: 'M6 .6 11.4 6 6 11.4.6 6z',
  stale: 'M6 1 11.3 10.8H.7z',
  error: 'M2.5 1.2 6 4.7l3.5-3.5 1.3 1.3L7.3 6l3.5 3.5-1.3 1.3L6 7.3l-3.5 3.5-1.3-1.3L4.7 6 1.2 2.5z',
  write: 'M1.4 1.4h9.2v9.2H1.4z',
  refresh: 'M11.3 6A5.3 5.3 0 1 1 .7 6a5.3 5.3 0 0 1 10.6 0zM8.4 6a2.4 2.4 0 1 0-4.8 0 2.4 2.4 0 0 0 4.8 0z',
};

/** The shape of a meaning, with the thin outline where its fill alone would be too faint. Hidden from screen readers. */
export function MeaningMark({ is, size = 11 }: { is: MeaningName; size?: number }) {
  return (
    <svg
      className={styles.mark}
      data-meaning={is}
      width={size}
      height={size}
      viewBox="0 0 12 12"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[is]} fillRule="evenodd" />
    </svg>
  );
}
