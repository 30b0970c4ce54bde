import styles from './SkipLink.module.css';

/** The first stop of the Tab key: past the top bar, to the page. A button, since the hash is the address of the page. */
export function SkipLink() {
  return (
    <button
      type="button"
      className={styles.skip}
      onClick={() => {
        const target = document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('main');
        target?.setAttribute('tabindex', '-1');
        target?.focus();
      }}
    >
      Skip to the page
    </button>
  );
}
