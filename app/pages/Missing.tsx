import { Link, useLocation } from 'wouter';
import { routes } from './routes.tsx';
import styles from './frame/Notice.module.css';
import { useTitle } from './frame/useTitle.ts';

/** What stands at an address that no page answers. */
export function Missing() {
  const [path] = useLocation();
  useTitle('Not found');
  return (
    <div className={styles.notice}>
      <h1>No page at this address</h1>
      <p>
        Nothing answers to <code>{path}</code>. If a link brought you here, it may have lost its end on the way: ask for
        it again, or go on from one of these.
      </p>
      <ul>
        <li>
          <Link href="/">Home</Link>
        </li>
        {routes.map(
          ({ nav }) =>
            nav && (
              <li key={nav.to}>
                <Link href={nav.to}>{nav.title}</Link>
              </li>
            ),
        )}
      </ul>
    </div>
  );
}
