import { useEffect } from 'react';

/** Paper is white: while the browser prints, the page and its drawings have the light look. */
export function usePrintLight(): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    let before: string | undefined;
    const begin = () => {
      before = dataset.theme;
      dataset.theme = 'light';
    };
    const end = () => {
      if (before !== undefined) dataset.theme = before;
      before = undefined;
    };
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      end();
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
}
