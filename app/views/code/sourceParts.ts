/** A run of characters in one colour, for either theme. */
export interface CodeToken {
  text: string;
  light: string;
  dark: string;
}

/** A file as `?code` gives it. */
export interface CodeFile {
  source: string;
  lines: CodeToken[][];
}

/** One line of a file. */
export interface CodeLine {
  /** Line number in the file, from 1. */
  number: number;
  text: string;
  tokens: CodeToken[];
}

/** One function out of a file, and what stands before it there. */
export interface SourcePart {
  /** File name, without its folder. */
  file: string;
  name: string;
  /** The function from its first line to its last. */
  lines: CodeLine[];
  /** Everything above it that belongs to it: the imports of the file and its own comment. */
  before: CodeLine[];
}

/** Takes one function out of a file; null where the file has none of that name. */
export function sourcePart(file: string, code: CodeFile, name: string): SourcePart | null {
  const texts = code.source.split('\n');
  const first = texts.findIndex((text) => new RegExp(`^(export )?(function\\*? |const )${name}\\b`).test(text));
  if (first < 0) return null;
  const length = texts
    .slice(first)
    .findIndex((text, index) => index > 0 && /^ {0,2}\}\)?[;,]?$/.test(text) && closes(texts, first, first + index));
  const end = length < 0 ? texts.length - 1 : first + length;
  const lineAt = (index: number): CodeLine => ({
    number: index + 1,
    text: texts[index],
    tokens: code.lines[index] ?? [{ text: texts[index], light: 'inherit', dark: 'inherit' }],
  });
  let comment = first;
  while (comment > 0 && /^(\/\*\*| \*)/.test(texts[comment - 1])) comment--;
  const imports = texts.findLastIndex((text) => /^(import\b|\} from )/.test(text)) + 1;
  const range = (from: number, until: number) =>
    Array.from({ length: until - from }, (_, index) => lineAt(from + index));
  return { file, name, lines: range(first, end + 1), before: [...range(0, imports), ...range(comment, first)] };
}

/** Whether all that was opened from `first` on is closed again after line `last`. */
function closes(texts: readonly string[], first: number, last: number): boolean {
  const text = texts.slice(first, last + 1).join('\n');
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return count(/\{/g) === count(/\}/g) && count(/\(/g) === count(/\)/g);
}
