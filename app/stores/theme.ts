import { type ThemeChoice, useSettings } from './settings.ts';

/** A theme as it stands in `data-theme`. */
export type Theme = Exclude<ThemeChoice, 'auto'>;

/** Keeps `data-theme` of the document in step with the settings and the system, for as long as the page lives. */
export function applyTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const { theme } = useSettings.getState();
    document.documentElement.dataset.theme = theme !== 'auto' ? theme : system.matches ? 'dark' : 'light';
  };
  apply();
  system.addEventListener('change', apply);
  useSettings.subscribe(apply);
}
