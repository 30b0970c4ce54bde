import { useEffect } from 'react';

/**
 * Paper is white and narrower than the screen. While the browser prints, the page has the light look; what is drawn pixel by
 * pixel cannot be drawn again in that moment, so each figure says how wide it was drawn (`--drawn`, px) and the style sheet
 * shrinks it as a whole, and the root says if it was drawn for the dark look (`data-drawn`).
 */
export function usePaper(): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    let before: string | undefined;
    const begin = () => {
      for (const figure of document.querySelectorAll<HTMLElement>('[data-figure]'))
        figure.style.setProperty('--drawn', String(figure.offsetWidth));
      before ??= dataset.theme;
      if (before === 'dark') dataset.drawn = 'dark';
      dataset.theme = 'light';
    };
    const end = () => {
      if (before !== undefined) dataset.theme = before;
      before = undefined;
      delete dataset.drawn;
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
