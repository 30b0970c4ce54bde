import type { Mermaid, MermaidConfig } from 'mermaid';

/** Everything a text could set that would load foreign addresses or change how the diagram is made. */
const closed =
  'secure securityLevel startOnLoad maxTextSize suppressErrorRendering maxEdges htmlLabels themeCSS themeVariables fontFamily altFontFamily theme look layout sequence dompurifyConfig';

/**
 * Sizes for a panel of 344 px. The colours here are only a ground: the view's own style sheet lays the tokens over them,
 * so that a change of theme needs no new drawing.
 */
const config: MermaidConfig = {
  startOnLoad: false,
  securityLevel: 'strict',
  secure: closed.split(' '),
  suppressErrorRendering: true,
  deterministicIds: true,
  theme: 'base',
  look: 'classic',
  // Given to the diagram's own sizes by mermaid, over whatever stands in `sequence`.
  fontSize: 12,
  fontFamily: "'Inter Variable', 'Inter fallback', system-ui, sans-serif",
  sequence: {
    diagramMarginX: 2,
    diagramMarginY: 2,
    actorMargin: 8,
    wrapPadding: 2,
    width: 44,
    height: 24,
    boxMargin: 4,
    boxTextMargin: 3,
    noteMargin: 5,
    messageMargin: 24,
    mirrorActors: false,
    actorFontSize: 12,
    messageFontSize: 12,
    noteFontSize: 12,
    useMaxWidth: true,
  },
};

let loading: Promise<Mermaid> | undefined;

/** Fetches mermaid once, when the first diagram is wanted, and sets it up. A failed fetch is tried again next time. */
export function loadMermaid(): Promise<Mermaid> {
  loading ??= import('mermaid').then(
    ({ default: mermaid }) => {
      mermaid.initialize(config);
      return mermaid;
    },
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
