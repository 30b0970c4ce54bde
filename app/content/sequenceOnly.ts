import type { Plugin } from 'vite';

const STUB = '\0mermaid-left-out';
const loaders =
  /(?:Diagram(?:-v2)?|-definition|\/diagram|\/elk|\/dagre|\/cose-bilkent|\/swimlanes|\/bpmnIcons)-[A-Z0-9]{8}\.mjs$/;

/**
 * True for what sequence diagrams never need of mermaid: the other diagrams, their layout engines, and KaTeX.
 * @param source the import as written; @param importer the file that imports it.
 */
export function isLeftOut(source: string, importer: string | undefined): boolean {
  if (importer === undefined || !importer.replaceAll('\\', '/').includes('/mermaid/dist/')) return false;
  if (source === 'katex') return true;
  return loaders.test(source) && !source.includes('/sequenceDiagram-');
}

/**
 * Answers mermaid's loaders of all diagrams but the sequence diagram by one empty module: 171 kB (gzip) are shipped
 * instead of 1,496. It matches file names inside mermaid, so the size check over `dist` is what guards it.
 */
export function sequenceOnly(): Plugin {
  return {
    name: 'hotpath:sequence-only',
    enforce: 'pre',
    apply: 'build',
    resolveId: (source, importer) => (isLeftOut(source, importer) ? STUB : undefined),
    load: (id) =>
      id === STUB
        ? "const leftOut = () => { throw new Error('This diagram is not part of the build.'); };\n" +
          'export default { renderToString: leftOut };\nexport const diagram = undefined;\nexport const render = leftOut;\n'
        : undefined,
  };
}
