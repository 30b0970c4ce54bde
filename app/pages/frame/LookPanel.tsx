import { themeChoices, useSettings } from '../../stores/settings.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Switch } from '../../ui/Switch.tsx';
import styles from './ThemeSwitch.module.css';

const titles = { auto: 'Auto', light: 'Light', dark: 'Dark', projector: 'Projector' };

/** What the look and the keys are set with. */
export function LookPanel() {
  const { theme, setTheme, shortcuts, setShortcuts } = useSettings();
  return (
    <>
      <Segmented
        label="Look"
        value={theme}
        options={themeChoices.map((value) => ({ value, label: titles[value] }))}
        onChange={setTheme}
      />
      <Switch label="Single-key shortcuts" checked={shortcuts} onChange={setShortcuts} />
      <p className={styles.note}>Kept in this browser only.</p>
    </>
  );
}
