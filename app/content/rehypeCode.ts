import { highlight } from './highlight.ts';

/** As much of a hast node as is needed here. */
interface Node {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
}

/**
 * Colours the fenced code of lessons while building: each token becomes a span that carries both colours as `--light` and
 * `--dark`, and the style sheet picks one.
 */
export function rehypeCode() {
  return async (tree: Node): Promise<void> => {
    await Promise.all(codeBlocks(tree).map(colour));
  };
}

function codeBlocks(node: Node): Node[] {
  const children = node.children ?? [];
  const [only] = children;
  if (node.tagName === 'pre' && only?.tagName === 'code') return [only];
  return children.flatMap(codeBlocks);
}

async function colour(code: Node): Promise<void> {
  const classes = (code.properties?.className ?? []) as string[];
  const language = classes.find((name) => name.startsWith('language-'))?.slice('language-'.length) ?? 'text';
  const source = (code.children ?? []).map((child) => child.value ?? '').join('');
  const lines = await highlight(source.trimEnd(), language);
  code.children = lines.flatMap((line, index) => {
    const tokens = line.map(({ text, light, dark }): Node => {
      const properties = { style: `--light:${light};--dark:${dark}` };
      return { type: 'element', tagName: 'span', properties, children: [{ type: 'text', value: text }] };
    });
    return index === 0 ? tokens : [{ type: 'text', value: '\n' } satisfies Node, ...tokens];
  });
}
