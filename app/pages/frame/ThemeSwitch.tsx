import { lazy, Suspense, useId, useState } from 'react';
import { useSettings } from '../../stores/settings.ts';
import { Icon } from '../../ui/Icon.tsx';
import buttonStyles from '../../ui/Button.module.css';
import styles from './ThemeSwitch.module.css';

const fetchPanel = () => import('./LookPanel.tsx').then((module) => ({ default: module.LookPanel }));
const LookPanel = lazy(fetchPanel);

/** The look and the keys: a small panel behind one button, fetched when somebody comes near it. */
export function ThemeSwitch() {
  const id = useId();
  const theme = useSettings((settings) => settings.theme);
  const [wanted, setWanted] = useState(false);
  const want = () => setWanted(true);
  return (
    <div>
      <button
        type="button"
        className={`${buttonStyles.button} ${buttonStyles.icon}`}
        popoverTarget={id}
        title="Look and keys"
        aria-label="Look and keys"
        onPointerEnter={want}
        onFocus={want}
        onClick={want}
      >
        <Icon name={theme === 'dark' ? 'moon' : 'sun'} />
      </button>
      <section id={id} popover="auto" className={styles.panel} aria-label="Look and keys">
        {wanted && (
          <Suspense>
            <LookPanel />
          </Suspense>
        )}
      </section>
    </div>
  );
}
