import { useEffect } from 'react';

/** Sets the title of the document for as long as the page shows. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Hotpath: caching you can watch' : `${title} · Hotpath`;
  }, [title]);
}
