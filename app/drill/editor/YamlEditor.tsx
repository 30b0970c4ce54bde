import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab, redo, undo } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentUnit } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState, type Text } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { useEffect, useEffectEvent, useRef } from 'react';
import { colours } from './colours.ts';
import { type Suggestion, suggestionsAt } from './completions.ts';
import styles from './DrillEditor.module.css';
import type { EditorHandle, EditorProps, TextProblem } from './EditorHandle.ts';
import { editorLook } from './editorLook.ts';
import { yamlPlaceAt } from './yamlPlace.ts';

const types: Record<Suggestion['kind'], string> = {
  field: 'property',
  value: 'constant',
  metric: 'variable',
  setting: 'property',
  figure: 'function',
};

/** The text in CodeMirror: problems marked where they are, and names completed from the format and the engine. */
export default function YamlEditor(props: EditorProps) {
  const { initial, earlier, problems, scenarioIds, onChange, onReady, describedBy } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const changed = useEffectEvent((text: string) => onChange(text));
  const open = useEffectEvent((parent: HTMLElement) => {
    const editor = new EditorView({ parent, state: stateOf(earlier ?? initial, scenarioIds, describedBy, changed) });
    view.current = editor;
    const handle = handleOf(editor);
    if (earlier !== undefined && earlier !== initial) handle.replace(initial);
    onReady(handle);
    return editor;
  });
  useEffect(() => {
    if (place.current === null) return undefined;
    const editor = open(place.current);
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, []);
  useEffect(() => {
    const editor = view.current;
    if (editor === null) return;
    editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state.doc, problems)));
  }, [problems]);
  return <div ref={place} className={styles.mirror} />;
}

function stateOf(
  doc: string,
  scenarioIds: readonly string[],
  describedBy: string,
  changed: (text: string) => void,
): EditorState {
  return EditorState.create({
    doc,
    extensions: [
      lineNumbers(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      bracketMatching(),
      indentUnit.of('  '),
      yaml(),
      colours,
      editorLook,
      lintGutter(),
      autocompletion({ override: [(context) => complete(context, scenarioIds)], icons: false }),
      // Escape, then Tab leaves: CodeMirror lets the Tab after an Escape pass.
      keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, indentWithTab, ...defaultKeymap]),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        'aria-label': 'Drill, as YAML',
        'aria-describedby': describedBy,
        spellcheck: 'false',
        // It takes the focus by itself, but only this says so to everybody.
        tabindex: '0',
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) changed(update.state.doc.toString());
      }),
    ],
  });
}

function handleOf(editor: EditorView): EditorHandle {
  return {
    replace: (text) => {
      editor.dispatch({
        changes: { from: 0, to: editor.state.doc.length, insert: text },
        selection: { anchor: 0 },
        scrollIntoView: true,
      });
    },
    goTo: (line, column) => {
      const at = offsetOf(editor.state.doc, line, column);
      editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      editor.focus();
    },
    undo: () => undo(editor),
    redo: () => redo(editor),
  };
}

function offsetOf(doc: Text, line: number, column: number): number {
  const at = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(at.from + Math.max(0, column - 1), at.to);
}

function diagnosticsOf(doc: Text, problems: readonly TextProblem[]): Diagnostic[] {
  return problems.map(({ line, column, message }) => {
    const from = offsetOf(doc, line, column);
    const end = doc.lineAt(from).to;
    const word = /^[\w.$-]+/.exec(doc.sliceString(from, end))?.[0].length ?? 1;
    return { from, to: Math.min(Math.max(from + word, from), end), severity: 'error', message };
  });
}

function complete(context: CompletionContext, scenarioIds: readonly string[]): CompletionResult | null {
  const text = context.state.doc.toString();
  const place = yamlPlaceAt(text, context.pos);
  const from = context.state.doc.lineAt(context.pos).from + place.wordFrom;
  if (!context.explicit && from === context.pos) return null;
  const options = suggestionsAt(place, scenarioIds).map(({ label, detail, kind, apply }) => {
    // A name that has its colon already gets no second one.
    const behind = context.state.doc.sliceString(context.pos, context.pos + 1);
    return { label, detail: detail.slice(0, 60), type: types[kind], apply: behind === ':' ? label : apply };
  });
  return options.length === 0 ? null : { from, options, validFor: /^[\w.$-]*$/ };
}
