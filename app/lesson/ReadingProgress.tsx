import { useEffect, useRef } from 'react';
import styles from './ReadingProgress.module.css';

/** A slim line under the top bar that grows with the reading. For the eye only: the scroll position says the same. */
export function ReadingProgress() {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const update = () => {
      const length = document.documentElement.scrollHeight - innerHeight;
      const share = length <= 0 ? 1 : Math.min(1, scrollY / length);
      if (line.current) line.current.style.transform = `scaleX(${share})`;
    };
    update();
    addEventListener('scroll', update, { passive: true });
    addEventListener('resize', update);
    return () => {
      removeEventListener('scroll', update);
      removeEventListener('resize', update);
    };
  }, []);
  return <div ref={line} className={styles.line} aria-hidden="true" />;
}
