import type { Extension } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import styles from './DrillEditor.module.css';

const marks = {
  comment: Decoration.mark({ class: styles.comment }),
  key: Decoration.mark({ class: styles.key }),
  text: Decoration.mark({ class: styles.text }),
  number: Decoration.mark({ class: styles.number }),
};

/** Comments, quoted texts, names before a colon, numbers with their units: enough for the eye, line by line. */
const matcher = new MatchDecorator({
  regexp:
    /(?<comment>(?:^|\s)#.*$)|(?<text>"[^"]*"(?!:)|'[^']*'(?!:))|(?<key>[\w.-]+(?=:(?:\s|$))|"[^"]*"(?=:))|(?<number>(?<![\w.-])\d[\d.]*(?:%|\/s|[a-z]{1,3})?(?![\w.-]))/g,
  decoration: ({ groups }) => {
    if (groups?.comment !== undefined) return marks.comment;
    if (groups?.text !== undefined) return marks.text;
    return groups?.key === undefined ? marks.number : marks.key;
  },
});

/** The colours of YAML, from the tokens of the theme, so that they hold in every theme. */
export const colours: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }

    update(update: ViewUpdate): void {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
