import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import type { PolicyTrace } from '../../../../src/lab.ts';
import { MeaningMark } from '../../../ui/MeaningMark.tsx';
import type { Microscope } from './useMicroscope.ts';
import styles from './AccessStrip.module.css';

interface AccessStripProps {
  microscope: Microscope;
  /** The first access that went differently, −1 for none or not to be told yet. */
  difference: number;
}

/**
 * All accesses in a row with a lane for each policy: what came out so far. It is one slider, so arrow keys, Home and End step, and
 * a press goes to an access.
 */
export function AccessStrip({ microscope, difference }: AccessStripProps) {
  const { ids, names, at, traces, act } = microscope;
  const scroller = useRef<HTMLDivElement>(null);
  useInSight(scroller, at);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = afterKey(event.key, at, ids.length);
    if (next === undefined) return;
    event.preventDefault();
    act({ do: 'goTo', at: next });
  };
  return (
    <div className={styles.scroller} ref={scroller}>
      <div
        // A native range could not hold the accesses themselves.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="slider"
        tabIndex={0}
        className={styles.strip}
        aria-label="Access"
        aria-valuemin={0}
        aria-valuemax={ids.length}
        aria-valuenow={at}
        aria-valuetext={at === 0 ? 'before the first access' : `access ${at} of ${ids.length}, ${names[ids[at - 1]]}`}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const place = (event.target as HTMLElement).closest<HTMLElement>('[data-access]')?.dataset.access;
          if (place !== undefined) act({ do: 'goTo', at: Number(place) + 1 });
        }}
      >
        <div className={styles.heads}>
          <span className={styles.number} />
          <span className={styles.headKey}>Access</span>
          {traces.map(({ policy }) => (
            <span key={policy.id} className={styles.head}>
              {policy.title}
            </span>
          ))}
        </div>
        {ids.map((id, place) => (
          <Column
            // An access has no other name than its place.
            // oxlint-disable-next-line react/no-array-index-key
            key={place}
            place={place}
            name={names[id]}
            state={place < at - 1 ? 'done' : place === at - 1 ? 'now' : place === at ? 'next' : 'later'}
            differs={place === difference}
            lanes={traces.length}
            outcomes={place < at ? outcomesOf(traces, place, names) : ''}
          />
        ))}
      </div>
    </div>
  );
}

interface ColumnProps {
  place: number;
  name: string;
  state: 'done' | 'now' | 'next' | 'later';
  differs: boolean;
  lanes: number;
  /** What came out in each lane, between line ends: h or m, and who went. One text, so that it can be compared. */
  outcomes: string;
}

const Column = memo(({ place, name, state, differs, lanes, outcomes }: ColumnProps) => (
  <div className={styles.column} data-access={place} data-state={state} data-differs={differs || undefined}>
    <span className={styles.number}>{place + 1}</span>
    <span className={styles.key}>{name}</span>
    {outcomes === ''
      ? Array.from({ length: lanes }, (_, lane) => <span key={lane} className={styles.lane} />)
      : outcomes.split('\n').map((outcome, lane) => (
          // Lanes stand in the order of the policies.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={lane} className={styles.lane}>
            <MeaningMark is={outcome.startsWith('h') ? 'hit' : 'miss'} size={11} />
            {outcome.length > 1 && (
              <span>
                <MeaningMark is="error" size={7} />
                {outcome.slice(1)}
              </span>
            )}
          </span>
        ))}
  </div>
));

function outcomesOf(traces: readonly PolicyTrace[], place: number, names: readonly string[]): string {
  return traces
    .map(({ steps }) => {
      const { hit, victim } = steps[place];
      return `${hit ? 'h' : 'm'}${victim >= 0 ? names[victim] : ''}`;
    })
    .join('\n');
}

/** Where a key leads; undefined for one that leads nowhere. */
export function afterKey(key: string, at: number, length: number): number | undefined {
  if (key === 'ArrowRight' || key === 'ArrowUp') return Math.min(length, at + 1);
  if (key === 'ArrowLeft' || key === 'ArrowDown') return Math.max(0, at - 1);
  if (key === 'PageUp') return Math.min(length, at + 10);
  if (key === 'PageDown') return Math.max(0, at - 10);
  if (key === 'Home') return 0;
  return key === 'End' ? length : undefined;
}

/** Keeps the access in sight, a few to come included, without moving the page. */
function useInSight(scroller: React.RefObject<HTMLDivElement | null>, at: number) {
  useEffect(() => {
    const box = scroller.current;
    const column = box?.querySelector<HTMLElement>(`[data-access="${Math.max(0, at - 1)}"]`);
    if (!box || !column) return;
    const heads = box.querySelector<HTMLElement>(`.${styles.heads}`)?.offsetWidth ?? 0;
    const left = column.offsetLeft - heads;
    const room = 3 * column.offsetWidth;
    if (left - room < box.scrollLeft) box.scrollTo({ left: Math.max(0, left - room) });
    else if (column.offsetLeft + column.offsetWidth + room > box.scrollLeft + box.clientWidth)
      box.scrollTo({ left: column.offsetLeft + column.offsetWidth + room - box.clientWidth });
  }, [scroller, at]);
}
