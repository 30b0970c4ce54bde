import { useRef } from 'react';
import { MeaningMark } from '../../ui/MeaningMark.tsx';
import { useWidth } from '../useWidth.ts';
import { BreakerDrawing, LockDrawing, RefreshDrawing, WaitDrawing } from './LoadDrawings.tsx';
import type { SideFact, SidePicture } from './sideFacts.ts';
import { BufferDrawing, FilterDrawing, NegativeDrawing } from './StoreDrawings.tsx';
import styles from './SideFacts.module.css';

const gapPx = 28;
/** Waiters stand in lines as long as they can be. */
const wideKind = 'wait';

/** What goes on beside the requests, a small picture and its words for each: who waits, who holds a lock, what is buffered. */
export function SideFacts({ facts }: { facts: readonly SideFact[] }) {
  const list = useRef<HTMLUListElement>(null);
  const width = useWidth(list, 640);
  if (facts.length === 0) return null;
  const hasWide = facts.length > 1 && facts.some(({ id }) => id === wideKind);
  const columns = Math.min(width >= 590 ? 3 : width >= 400 ? 2 : 1, facts.length + (hasWide ? 1 : 0));
  const column = (width - (columns - 1) * gapPx) / columns;
  const spanOf = ({ id }: SideFact) => (id === wideKind ? Math.min(2, columns) : 1);
  return (
    <ul
      ref={list}
      className={styles.facts}
      style={{ '--columns': columns, '--gap': `${gapPx}px` }}
      data-plain=""
      data-wide={columns === 1 && width >= 400}
      aria-label="Beside the requests"
    >
      {facts.map((fact) => {
        const span = spanOf(fact);
        return (
          <li key={fact.id} className={styles.fact} data-fact={fact.id} style={{ gridColumn: `span ${span}` }}>
            <p className={styles.title}>
              {fact.meaning !== null && <MeaningMark is={fact.meaning} size={10} />}
              <strong>{fact.title}</strong>
            </p>
            <div className={styles.picture} aria-hidden="true">
              {fact.picture !== null && (
                <Drawing picture={fact.picture} width={Math.floor(span * column + (span - 1) * gapPx)} />
              )}
            </div>
            <p className={styles.words} title={fact.text}>
              {fact.text}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

function Drawing({ picture, width }: { picture: SidePicture; width: number }) {
  switch (picture.kind) {
    case 'waiters':
      return <WaitDrawing picture={picture} width={width} />;
    case 'locks':
      return <LockDrawing picture={picture} />;
    case 'refreshes':
      return <RefreshDrawing picture={picture} width={width} />;
    case 'buffer':
      return <BufferDrawing picture={picture} width={width} />;
    case 'filter':
      return <FilterDrawing picture={picture} width={width} />;
    case 'negative':
      return <NegativeDrawing picture={picture} width={width} />;
    default:
      return <BreakerDrawing picture={picture} width={width} />;
  }
}
