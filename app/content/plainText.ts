/** The parts of a lesson's text, without its markup. */
export interface PlainLesson {
  /** Sentences as they are read; without code, tables, captions of figures and answers of quizzes. */
  prose: string;
  headings: string[];
  /** How many figures run in it. */
  figures: number;
}

/** Components whose text is prose; the text of all others is left out. */
const inline = 'Term|Meaning|Cite|Note|LeavesOut|Try|FactCheck|When|Predict|PredictOrder|Theory|Goals|Goal';

/** The text of a lesson's MDX, for reading grade, reading time and search. */
export function plainLesson(mdx: string): PlainLesson {
  const body = mdx
    .replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, '')
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, '')
    .replace(/^ *```[\s\S]*?^ *```/gm, '')
    .replace(/^ *\|.*$/gm, '');
  const figures = body.match(/<Play\b/g)?.length ?? 0;
  const headings = [...body.matchAll(/^#{2,6} +(.+)$/gm)].map(([, title]) => words(title));
  const withoutTags = stripTags(body.replace(/^#{1,6} .*$/gm, ''));
  return { prose: words(withoutTags), headings, figures };
}

/** Takes tags away with all that they are given, which may be expressions with tags and braces of their own. */
function stripTags(text: string): string {
  let out = '';
  for (let at = 0; at < text.length; ) {
    if (text[at] === '<' && /[A-Za-z/>]/.test(text[at + 1] ?? '')) {
      const end = endOfTag(text, at);
      const isInline = new RegExp(`^</?(?:${inline}|[a-z])`).test(text.slice(at, at + 20));
      // Two blocks are two sentences, a word in a sentence stays in it.
      out +=
        isInline && !/^<\/?(?:When|Predict|Theory|Goals?|FactCheck|Note|Try|LeavesOut)/.test(text.slice(at))
          ? ''
          : '\n';
      at = end;
    } else out += text[at++];
  }
  return out;
}

function endOfTag(text: string, from: number): number {
  let depth = 0;
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (quote !== '') {
      if (char === '\\' && depth > 0) at++;
      else if (char === quote) quote = '';
    } else if (char === '"' || (depth > 0 && (char === "'" || char === '`'))) quote = char;
    else if (char === '{') depth++;
    else if (char === '}') depth--;
    else if (char === '>' && depth === 0) return at + 1;
  }
  return text.length;
}

/** Markdown and entities as plain words; paragraphs apart. */
function words(text: string): string {
  return text
    .replace(/&nbsp;|\u00a0|\u202f/g, ' ')
    .replace(/&times;/g, '×')
    .replace(/&amp;/g, '&')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/^ *(?:[-*+]|\d+\.|>) +/gm, '')
    .replace(/(\*\*|__|\*|~~)/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .replace(/([^\n])\n([^\n])/g, '$1 $2')
    .replace(/\n{2,}/g, '\n')
    .trim();
}
