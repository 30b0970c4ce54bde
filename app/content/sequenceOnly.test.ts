import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { isLeftOut } from './sequenceOnly.ts';

const mermaid = fileURLToPath(new URL('../../node_modules/mermaid/dist/', import.meta.url));
const core = `${mermaid}mermaid.core.mjs`;
const loaded = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/\bimport\("([^"]+)"\)/g)].map(([, source]) => source);

it('leaves out every diagram that mermaid can load but the sequence diagram', () => {
  const diagrams = loaded(core);
  expect(diagrams.length).toBeGreaterThan(20);
  const kept = diagrams.filter((source) => !isLeftOut(source, core));
  expect(kept).toHaveLength(1);
  expect(kept[0]).toContain('/sequenceDiagram-');
});

it('leaves out the layout engines and KaTeX, and nothing that is imported statically', () => {
  const chunks = `${mermaid}chunks/mermaid.core/`;
  const names = readdirSync(chunks).filter((name) => name.endsWith('.mjs'));
  const lazy = [...new Set(names.flatMap((name) => loaded(chunks + name)))];
  for (const part of ['katex', '/elk-', '/dagre-', '/cose-bilkent-', '/swimlanes-']) {
    const source = lazy.find((name) => name.includes(part));
    expect(source, part).toBeDefined();
    expect(isLeftOut(source ?? '', `${chunks}x.mjs`), part).toBe(true);
  }
  const sequence = names.find((name) => name.startsWith('sequenceDiagram')) ?? '';
  const needed = [...readFileSync(chunks + sequence, 'utf8').matchAll(/\bfrom "([^"]+)"/g)].map(([, source]) => source);
  expect(needed.length).toBeGreaterThan(3);
  expect(needed.filter((source) => isLeftOut(source, chunks + sequence))).toEqual([]);
});

it('touches no import of ours', () => {
  expect(isLeftOut('katex', '/project/app/views/sequence/draw.ts')).toBe(false);
  expect(isLeftOut('./pieDiagram-J4AKIIQI.mjs', undefined)).toBe(false);
});
