import { useEffect } from 'react';
import { useLocation } from 'wouter';

let lastPath: string | undefined;

/**
 * Stands behind the page inside its Suspense, so its effect runs once a new page is really there: then the focus goes to the
 * page's h1, which tells a screen reader where it is, and the page starts at its top.
 */
export function Arrival() {
  const [path] = useLocation();
  useEffect(() => {
    const first = lastPath === undefined;
    if (lastPath === path) return;
    lastPath = path;
    if (first) return;
    const heading = document.querySelector<HTMLElement>('main h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [path]);
  return null;
}
