import styles from './EmbedApp.module.css';

/** What stands in place of a unit that cannot be shown. */
export function Refused({ text }: { text: string }) {
  return (
    <div className={styles.refused} role="alert">
      <h1>Nothing to show</h1>
      <p>{text}</p>
    </div>
  );
}
