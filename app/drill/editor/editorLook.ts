import { EditorView } from '@codemirror/view';

/**
 * CodeMirror in the clothes of the app. Its own styles stand in no layer and so win over every one of ours; only a theme of its
 * own is stronger. The custom properties make it hold in each theme.
 */
export const editorLook = EditorView.theme({
  '&': { height: 'clamp(20rem, 100dvh - 21rem, 60rem)', color: 'var(--ink)', fontSize: '0.8125rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.55', fontFeatureSettings: '"calt" 0' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { background: 'var(--wash)', color: 'var(--ink2)', borderRight: '1px solid var(--rule)' },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'var(--wash)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--accent-wash)',
  },
  '&.cm-focused .cm-matchingBracket, .cm-matchingBracket': {
    background: 'var(--accent-wash)',
    outline: '1px solid var(--accent)',
  },
  '.cm-tooltip': {
    background: 'var(--card)',
    color: 'var(--ink)',
    border: '1px solid var(--edge)',
    borderRadius: 'var(--radius-control)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)', maxWidth: 'min(34rem, 90vw)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.15rem 0.5rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--accent)',
    color: 'var(--on-accent)',
  },
  '.cm-completionMatchedText': { textDecoration: 'underline' },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'inherit', fontFamily: 'var(--font-ui)' },
  '.cm-diagnostic': { fontFamily: 'var(--font-ui)', padding: '0.35rem 0.6rem' },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--error)' },
});
