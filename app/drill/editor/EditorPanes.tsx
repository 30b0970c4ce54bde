import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useNarrow } from '../../pages/playground/useNarrow.ts';
import styles from './DrillEditor.module.css';

interface EditorPanesProps {
  write: ReactNode;
  run: ReactNode;
}

const titles = { write: 'Write', run: 'Try it' } as const;
type Pane = keyof typeof titles;
const panes: readonly Pane[] = ['write', 'run'];

/** Text and drill side by side; where there is no room for both, as tabs. Both stay alive: the text keeps what can be undone. */
export function EditorPanes({ write, run }: EditorPanesProps) {
  const narrow = useNarrow();
  const [shown, setShown] = useState<Pane>('write');
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const next = shown === 'write' ? 'run' : 'write';
    setShown(next);
    document.querySelector<HTMLElement>(`#editor-tab-${next}`)?.focus();
  };
  const content = { write, run };
  return (
    <>
      {narrow && (
        <div role="tablist" tabIndex={-1} aria-label="Text or drill" className={styles.tabs} onKeyDown={onKey}>
          {panes.map((pane) => (
            <button
              key={pane}
              type="button"
              role="tab"
              id={`editor-tab-${pane}`}
              className={styles.tab}
              aria-selected={pane === shown}
              aria-controls={`editor-pane-${pane}`}
              tabIndex={pane === shown ? 0 : -1}
              onClick={() => setShown(pane)}
            >
              {titles[pane]}
            </button>
          ))}
        </div>
      )}
      <div className={styles.panes}>
        {panes.map((pane) => (
          <div
            key={pane}
            id={`editor-pane-${pane}`}
            role={narrow ? 'tabpanel' : 'region'}
            aria-label={titles[pane]}
            className={styles.pane}
            hidden={narrow && pane !== shown}
          >
            {content[pane]}
          </div>
        ))}
      </div>
    </>
  );
}
