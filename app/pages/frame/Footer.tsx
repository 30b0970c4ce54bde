import { Link, useLocation } from 'wouter';
import styles from './Footer.module.css';

/** The quiet end of a page. The playground fills the window and has none. */
export function Footer() {
  const [path] = useLocation();
  if (path === '/play' || path.startsWith('/play/')) return null;
  return (
    <footer className={styles.footer}>
      <p>Hotpath runs in your browser. Nothing you do here leaves it.</p>
      <Link href="/model">What is simulated, and what is left out</Link>
    </footer>
  );
}
