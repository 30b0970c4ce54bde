import { useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { routes } from '../routes.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import styles from './TopBar.module.css';

/** Wordmark, the pages there are, and the look. Pages are fetched when a pointer or the focus comes near their link. */
export function TopBar() {
  const [path] = useLocation();
  usePrefetchWhenIdle();
  return (
    <header className={styles.bar}>
      <Link href="/" className={styles.wordmark} aria-label="Hotpath, home">
        Hotpath
      </Link>
      <nav aria-label="Pages" className={styles.nav}>
        {routes.map(({ nav, prefetch }) => {
          if (nav === undefined) return null;
          const here = path === nav.to || path.startsWith(`${nav.to}/`);
          return (
            <Link
              key={nav.to}
              href={nav.to}
              className={styles.link}
              aria-current={here ? 'page' : undefined}
              onPointerEnter={prefetch}
              onFocus={prefetch}
            >
              {nav.title}
            </Link>
          );
        })}
      </nav>
      <ThemeSwitch />
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
