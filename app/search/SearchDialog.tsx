import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { Dialog } from '../ui/Dialog.tsx';
import type { Found, FoundGroup } from './find.ts';
import styles from './SearchDialog.module.css';
import type { SearchKind } from './SearchEntry.ts';

const kindTitles: Readonly<Record<SearchKind, string>> = {
  lesson: 'Lessons',
  term: 'Words',
  scenario: 'Scenarios',
  experiment: 'Experiments',
};

/** Search over lessons, glossary, scenarios and experiments. Arrows choose, Enter goes there, Escape closes. */
export function SearchDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    // The head of a dialog that stands in no section would be a second banner of the page.
    <section className={styles.section}>
      <Dialog open={open} title="Search" onClose={onClose}>
        <Finder onDone={onClose} />
      </Dialog>
    </section>
  );
}

function Finder({ onDone }: { onDone: () => void }) {
  const id = useId();
  const [, goTo] = useLocation();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const find = useFind();
  const groups = find?.(words) ?? [];
  const all = groups.flatMap(({ found }) => found);
  const active = all[Math.min(chosen, all.length - 1)];
  const go = ({ to }: Found) => {
    onDone();
    goTo(to);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && all.length > 0) {
      event.preventDefault();
      const next = (Math.min(chosen, all.length - 1) + step + all.length) % all.length;
      setChosen(next);
      list.current?.querySelectorAll('[role="option"]')[next]?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && active !== undefined) {
      event.preventDefault();
      go(active);
    }
  };
  return (
    <div className={styles.finder}>
      <input
        // A dialog gives the focus to what has this attribute, which React would not write.
        ref={(element) => element?.setAttribute('autofocus', '')}
        type="text"
        role="combobox"
        className={styles.input}
        aria-label="Search lessons, words, scenarios and experiments"
        aria-expanded={all.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={active && optionId(id, active)}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder="A word or two"
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKey}
      />
      {/* Choices under a field, which no element is by itself. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <div ref={list} id={`${id}-list`} role="listbox" aria-label="Found" className={styles.list}>
        {groups.map(({ kind, found }) => (
          // The roles of a list of choices in groups, which no element has by itself.
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
          <div key={kind} role="group" aria-label={kindTitles[kind]}>
            <p className={styles.kind} aria-hidden="true">
              {kindTitles[kind]}
            </p>
            {found.map((one) => (
              // The keys are those of the field, which has the focus.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
              <div
                key={one.id}
                id={optionId(id, one)}
                // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
                role="option"
                aria-selected={one === active}
                className={styles.option}
                onPointerMove={() => setChosen(all.indexOf(one))}
                onClick={() => go(one)}
              >
                <span className={styles.title}>{one.title}</span>
                <span className={styles.text}>{one.text}</span>
              </div>
            ))}
          </div>
        ))}
      </div>
      <output className={styles.hint}>
        {words.trim() !== '' && find === undefined
          ? 'Fetching what can be found.'
          : words.trim() === ''
            ? 'Lessons, words of the glossary, scenarios and experiments. Try “stale” or “hit ratio”.'
            : all.length === 0
              ? `Nothing has “${words.trim()}”. Try fewer or other words.`
              : `${all.length} found. Arrows choose, Enter opens, Escape closes.`}
      </output>
    </div>
  );
}

type Find = (words: string) => FoundGroup[];

/** What searches, once it has been fetched: the field can be typed into before. */
function useFind(): Find | undefined {
  const [find, setFind] = useState<{ find: Find }>();
  useEffect(() => {
    let left = false;
    void import('./find.ts').then((module) => {
      if (!left) setFind({ find: module.find });
    });
    return () => {
      left = true;
    };
  }, []);
  return find?.find;
}

function optionId(list: string, { id }: Found): string {
  return `${list}-${id.replaceAll(' ', '-')}`;
}
