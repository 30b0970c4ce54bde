import { useEffect, useEffectEvent, useRef } from 'react';
import styles from './DrillEditor.module.css';
import type { EditorHandle, EditorProps } from './EditorHandle.ts';

/** The text in a plain field: while the other editor is fetched, and where it cannot be had. */
export function PlainEditor({ initial, onChange, onPutIn, onReady, describedBy }: EditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const changed = useEffectEvent((text: string) => onChange(text));
  const putIn = useEffectEvent((before: string) => onPutIn(before));
  const ready = useEffectEvent((handle: EditorHandle) => onReady(handle));
  useEffect(() => {
    if (field.current !== null) ready(handleOf(field.current, changed, putIn));
  }, []);
  return (
    <textarea
      ref={field}
      className={styles.plain}
      aria-label="Drill, as YAML"
      aria-describedby={describedBy}
      spellCheck={false}
      autoCapitalize="off"
      defaultValue={initial}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function handleOf(
  field: HTMLTextAreaElement,
  changed: (text: string) => void,
  putIn: (before: string) => void,
): EditorHandle {
  let before: string | undefined;
  let after: string | undefined;
  const put = (text: string): void => {
    field.value = text;
    changed(text);
  };
  return {
    replace: (text) => {
      before = field.value;
      after = undefined;
      putIn(before);
      put(text);
    },
    goTo: (line, column) => {
      const from =
        field.value
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length + (line > 1 ? 1 : 0);
      field.focus();
      field.setSelectionRange(from + column - 1, from + column - 1);
    },
    // The field undoes what was typed by itself; this is for a whole text that was put in.
    undo: () => {
      if (before === undefined) return;
      after = field.value;
      put(before);
      before = undefined;
    },
    redo: () => {
      if (after === undefined) return;
      before = field.value;
      put(after);
      after = undefined;
    },
  };
}
