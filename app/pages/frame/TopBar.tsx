import { useEffect, useId, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import buttonStyles from '../../ui/Button.module.css';
import { SearchButton } from '../../search/SearchButton.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { routes } from '../routes.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import styles from './TopBar.module.css';

/**
 * Wordmark, the pages there are, and the look. On narrow screens the pages are behind a button that says where one is. Pages
 * are fetched when a pointer or the focus comes near their link.
 */
export function TopBar() {
  const [path] = useLocation();
  const id = useId();
  const pages = useRef<HTMLElement>(null);
  usePrefetchWhenIdle();
  const isHere = (to: string) => path === to || path.startsWith(`${to}/`);
  const here = routes.find(({ nav }) => nav !== undefined && isHere(nav.to))?.nav;
  return (
    <header className={styles.bar}>
      <Link href="/" className={styles.wordmark} aria-label="Hotpath, home">
        Hotpath
      </Link>
      <button
        type="button"
        popoverTarget={id}
        aria-label={`${here?.title ?? 'Pages'}, all pages`}
        className={`${buttonStyles.button} ${styles.menu}`}
      >
        {here?.title ?? 'Pages'}
        <Icon name="chevron" size={14} />
      </button>
      <nav id={id} ref={pages} popover="auto" aria-label="Pages" className={styles.nav}>
        {routes.map(({ nav, prefetch }) => {
          if (nav === undefined) return null;
          return (
            <Link
              key={nav.to}
              href={nav.to}
              className={styles.link}
              aria-current={nav === here ? 'page' : undefined}
              onPointerEnter={prefetch}
              onFocus={prefetch}
              onClick={() => pages.current?.hidePopover()}
            >
              {nav.title}
            </Link>
          );
        })}
      </nav>
      <div className={styles.end}>
        <SearchButton />
        <ThemeSwitch />
      </div>
    </header>
  );
}

/** Fetches the pages once the first one has come to rest. */
function usePrefetchWhenIdle() {
  useEffect(() => {
    const all = () => routes.forEach(({ prefetch }) => prefetch());
    const timer = setTimeout(() => ('requestIdleCallback' in globalThis ? requestIdleCallback(all) : all()), 4000);
    return () => clearTimeout(timer);
  }, []);
}
