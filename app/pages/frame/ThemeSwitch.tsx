import { useId } from 'react';
import { themeChoices, useSettings } from '../../stores/settings.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Switch } from '../../ui/Switch.tsx';
import buttonStyles from '../../ui/Button.module.css';
import styles from './ThemeSwitch.module.css';

const titles = { auto: 'Auto', light: 'Light', dark: 'Dark', projector: 'Projector' };

/** The look and the keys: a small panel behind one button. */
export function ThemeSwitch() {
  const id = useId();
  const { theme, setTheme, shortcuts, setShortcuts } = useSettings();
  return (
    <div>
      <button
        type="button"
        className={`${buttonStyles.button} ${buttonStyles.icon}`}
        popoverTarget={id}
        title="Look and keys"
        aria-label="Look and keys"
      >
        <Icon name={theme === 'dark' ? 'moon' : 'sun'} />
      </button>
      <section id={id} popover="auto" className={styles.panel} aria-label="Look and keys">
        <Segmented
          label="Look"
          value={theme}
          options={themeChoices.map((value) => ({ value, label: titles[value] }))}
          onChange={setTheme}
        />
        <Switch label="Single-key shortcuts" checked={shortcuts} onChange={setShortcuts} />
        <p className={styles.note}>Kept in this browser only.</p>
      </section>
    </div>
  );
}
