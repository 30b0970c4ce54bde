import { type RefObject, useEffect, useMemo, useRef } from 'react';

/** How long the pointer may take on its way from the word to its meaning, ms. */
const leaveMs = 180;

/** Opens and closes the meaning of a word. */
export interface MeaningPanel {
  isOpen: () => boolean;
  open: () => void;
  close: () => void;
  /** Unless it is opened again within a moment. */
  closeSoon: () => void;
}

/**
 * The panel of a word: beside it while the page scrolls, and closed by Escape and by a press elsewhere, wherever the focus is
 * (a mouse leaves it where it was, and not every browser gives it to a pressed button).
 */
export function useMeaningPanel(
  word: RefObject<HTMLElement | null>,
  panel: RefObject<HTMLElement | null>,
): MeaningPanel {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const watched = useRef<AbortController>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      watched.current?.abort();
    },
    [],
  );
  return useMemo(() => {
    const isOpen = () => panel.current?.matches(':popover-open') ?? false;
    const close = () => {
      clearTimeout(timer.current);
      watched.current?.abort();
      if (isOpen()) panel.current?.hidePopover();
    };
    const open = () => {
      clearTimeout(timer.current);
      const [own, beside] = [panel.current, word.current];
      if (own === null || beside === null || isOpen()) return;
      own.showPopover();
      place(own, beside);
      watched.current = new AbortController();
      const { signal } = watched.current;
      const isOutside = ({ target }: Event) => !own.contains(target as Node) && !beside.contains(target as Node);
      addEventListener('scroll', () => place(own, beside), { passive: true, signal });
      addEventListener('pointerdown', (event) => isOutside(event) && close(), { signal });
      document.addEventListener('keydown', ({ key }) => key === 'Escape' && close(), { signal });
    };
    const closeSoon = () => {
      clearTimeout(timer.current);
      timer.current = setTimeout(close, leaveMs);
    };
    return { isOpen, open, close, closeSoon };
  }, [word, panel]);
}

/** Puts the panel under the word, or above it where there is no room, and always inside the window. */
function place(panel: HTMLElement, word: HTMLElement) {
  const gap = 6;
  const box = word.getBoundingClientRect();
  const left = Math.max(gap, Math.min(box.left, innerWidth - panel.offsetWidth - gap));
  const below = box.bottom + gap + panel.offsetHeight < innerHeight;
  const top = below ? box.bottom + gap : Math.max(gap, box.top - gap - panel.offsetHeight);
  panel.style.left = `${left}px`;
  panel.style.top = `${top}px`;
}
