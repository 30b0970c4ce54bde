import { createHighlighter, type Highlighter } from 'shiki';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { codeThemes } from './codeTheme.ts';

/** A run of characters in one colour: a CSS colour for each theme. */
export interface CodeToken {
  text: string;
  light: string;
  dark: string;
}

/** The languages that can be coloured; anything else is shown plain. */
export const codeLanguages = ['ts', 'yaml', 'http', 'sh', 'json', 'sql'] as const;

let highlighter: Promise<Highlighter> | undefined;

/**
 * Colours source text, line by line. Runs while building, never in the browser.
 * @param language one of {@link codeLanguages}; others come back as one token a line in the text colour.
 */
export async function highlight(source: string, language: string): Promise<CodeToken[][]> {
  const known = codeLanguages.find((name) => name === language);
  highlighter ??= createHighlighter({
    themes: [codeThemes.light, codeThemes.dark],
    langs: [...codeLanguages],
    engine: createJavaScriptRegexEngine(),
  });
  const lines = (await highlighter).codeToTokensWithThemes(source, {
    lang: known ?? 'text',
    themes: codeThemes,
  });
  return lines.map((line) =>
    line.map(({ content, variants }) => ({
      text: content,
      light: variants.light?.color ?? 'inherit',
      dark: variants.dark?.color ?? 'inherit',
    })),
  );
}
