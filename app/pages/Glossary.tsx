import { useEffect } from 'react';
import { Link } from 'wouter';
import { glossary } from '../content/glossary.ts';
import { lessonTitle } from '../content/lessons.ts';
import { PageHead } from './frame/PageHead.tsx';
import { useTitle } from './frame/useTitle.ts';
import styles from './Glossary.module.css';

/** Every word of the glossary with its meaning; `?term=ttl` in the address goes to one of them. */
export function Glossary() {
  useTitle('Words');
  useTermInAddress();
  return (
    <div className={styles.glossary}>
      <PageHead title="Words" lead="What the lessons mean by them, in a sentence each." />
      <dl>
        {glossary.map(({ id, term, also, text, see }) => (
          <div key={id} id={`term-${id}`} className={styles.entry} tabIndex={-1}>
            <dt>
              {term}
              {also.length > 0 && <span className={styles.also}> also {also.join(', ')}</span>}
            </dt>
            <dd>
              {text}{' '}
              {see !== undefined && (
                <>
                  See <Link href={`/learn/${see}`}>{lessonTitle(see)}</Link>.
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function useTermInAddress() {
  useEffect(() => {
    const go = () => {
      const id = /[?&]term=([a-z0-9-]+)/.exec(location.hash)?.[1];
      const entry = id === undefined ? null : document.getElementById(`term-${id}`);
      entry?.scrollIntoView({ block: 'center' });
      entry?.focus({ preventScroll: true });
    };
    // The arrival at a page puts it at its top first.
    const timer = setTimeout(go, 60);
    addEventListener('hashchange', go);
    return () => {
      clearTimeout(timer);
      removeEventListener('hashchange', go);
    };
  }, []);
}
