import { type RefObject, useEffect } from 'react';
import { ownProgress } from '../stores/progress.ts';

/**
 * Keeps which section of a lesson was read last, and goes to the one that the address asks for (`?at=3`, the third heading).
 * The page of this lesson has to be mounted anew for another lesson.
 */
export function useSection(article: RefObject<HTMLElement | null>, lesson: string): void {
  useEffect(() => {
    const headings = headingsOf(article.current);
    const asked = Number(/[?&]at=(\d+)/.exec(location.hash)?.[1] ?? 0);
    const heading = headings[asked - 1];
    // The arrival at a page puts it at its top first.
    const timer = heading === undefined ? undefined : setTimeout(() => arriveAt(heading), 60);
    const observer = new IntersectionObserver(
      (entries) => {
        const seen = entries.filter(({ isIntersecting }) => isIntersecting);
        if (seen.length === 0) return;
        const section = headings.indexOf(seen[seen.length - 1].target as HTMLElement) + 1;
        const { progress, keep } = ownProgress().getState();
        if (progress.lessons[lesson]?.section !== section) keep(lesson, { section });
      },
      // A heading counts once it is in the upper third.
      { rootMargin: '0px 0px -66% 0px' },
    );
    for (const one of headings) observer.observe(one);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [article, lesson]);
}

function headingsOf(article: HTMLElement | null): HTMLElement[] {
  return [...(article?.querySelectorAll<HTMLElement>(':scope > h2') ?? [])];
}

function arriveAt(heading: HTMLElement): void {
  heading.setAttribute('tabindex', '-1');
  heading.scrollIntoView({ block: 'start' });
  heading.focus({ preventScroll: true });
}
