import { type RefObject, useEffect, useState } from 'react';

/** Whether an element is on screen or nearly so; false before it is known. What is off screen does no work. */
export function useOnScreen(element: RefObject<Element | null>, margin = '200px'): boolean {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new IntersectionObserver((entries) => setVisible(entries[entries.length - 1].isIntersecting), {
      rootMargin: margin,
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, margin]);
  return visible;
}
