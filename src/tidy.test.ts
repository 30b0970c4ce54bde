/**
 * The rules of the house, kept by reading the source itself. Every rule is a function from one parsed file to its problems,
 * and every rule is also shown a planted mistake, so that none of them can pass by seeing nothing.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

interface Source {
  /** From the root of the repository, with forward slashes. */
  path: string;
  text: string;
  body: Node[];
  comments: { type: string; value: string; end: number }[];
  errors: { message: string }[];
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** Where app/ enters; what each is for stands in app/README.md. */
const alsoDoors = /^src\/(host\/(w|(experiment|trace|drill)W)orker|drill\/smallDrill)\.ts$/;
const doors = ['index', 'reading', 'checking', 'drills', 'lab'].map((name) => `src/${name}.ts`);

/** Who may import whom: a folder of src/ imports its own rank and lower ones. A new folder needs its line here. */
const rank: Record<string, number> = Object.fromEntries(
  [
    ['kernel', 'random', 'spans'],
    ['policies', 'workload', 'metrics', 'theory'],
    ['nodes', 'http', 'redis', 'faults', 'replay'],
    ['patterns', 'protections', 'invalidation', 'curves', 'microscope'],
    ['scenario', 'checks', 'drill'],
    ['host'],
  ].flatMap((folders, height) => folders.map((folder) => [folder, height])),
);
const shownAsText = /^src\/(patterns|protections|invalidation|policies)\//;
const generated = /^(dist|dist-cli|node_modules|test-results)\b/;
const screenPackages = /^(node:|react|@base-ui\/|zustand|wouter|mermaid|d3-)/;
const unsafeGlobals =
  /^(Date|performance|crypto|Intl|globalThis|set(Timeout|Interval|Immediate)|queueMicrotask|requestAnimationFrame)$/;
/** The members of Math that give the same bits in every engine. */
const exactMath =
  /^(abs|ceil|floor|round|trunc|min|max|sqrt|sign|fround|imul|clz32|PI|E|LN2|LN10|LOG(2|10)E|SQRT(2|1_2))$/;

function listFiles(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [relative(root, join(entry.parentPath, entry.name))] : []));
}

function parse(path: string, text: string): Source {
  const parsed = parseSync(path, text) as unknown as Omit<Source, 'path' | 'text'> & { program: { body: Node[] } };
  return { path, text, body: parsed.program.body, comments: parsed.comments, errors: parsed.errors };
}

/** Visits every node below, with its ancestors, nearest first. */
function walk(value: unknown, visit: (node: Node, ancestors: Node[]) => void, ancestors: Node[] = []): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit, ancestors);
  else if (typeof value === 'object' && value !== null && typeof (value as Node).type === 'string') {
    const node = value as Node;
    visit(node, ancestors);
    const below = [node, ...ancestors];
    for (const child of Object.values(node)) if (typeof child === 'object') walk(child, visit, below);
  }
}

const isTest = (path: string): boolean => /\.(test|spec)\.tsx?$/.test(path);
const asNode = (value: unknown): Node => (value ?? { type: '', start: 0, end: 0 }) as Node;
const nameOf = (value: unknown): string => {
  const name = asNode(value).name ?? asNode(value).value;
  return typeof name === 'string' ? name : '';
};
const lineAt = ({ text }: Source, offset: number): number => text.slice(0, offset).split('\n').length;
const at = (source: Source, node: Node, what: string): string => `${source.path}:${lineAt(source, node.start)} ${what}`;

/** Everything a file names as a module: imports, re-exports, `import()`, type imports, `new URL(…)`, `import.meta.glob(…)`. */
function importsOf(source: Source): { node: Node; specifier: string }[] {
  const found: { node: Node; specifier: string }[] = [];
  const add = (node: Node, literal: unknown, query = ''): void => {
    const { value } = asNode(literal);
    if (typeof value === 'string') found.push({ node, specifier: value + query });
  };
  walk(source.body, (node) => {
    if (node.type !== 'ImportSpecifier' && node.source) add(node, node.source);
    const [first, second] = (node.arguments ?? []) as Node[];
    if (node.type === 'NewExpression' && nameOf(node.callee) === 'URL' && asNode(second).type === 'MemberExpression') {
      add(node, first);
    }
    if (node.type === 'CallExpression' && source.text.startsWith('import.meta.glob', node.start)) {
      const options = second ? source.text.slice(second.start, second.end) : '';
      const query = /\?(raw|code)\b/.exec(options)?.[0];
      for (const pattern of (first?.elements as Node[] | undefined) ?? [first]) add(node, pattern, query);
    }
  });
  return found;
}

function importProblems(source: Source): string[] {
  const { path } = source;
  if (path.startsWith('src/') && isTest(path)) return [];
  const judge = path.startsWith('src/') ? engineImport : doorImport;
  return importsOf(source).flatMap(({ node, specifier }) => {
    const [file, query = ''] = specifier.split('?');
    const target = file.startsWith('.') ? join(dirname(path), file) : file.startsWith('/') ? file.slice(1) : undefined;
    const problem = judge(path, target ?? file, target === undefined, query);
    return problem ? [at(source, node, `imports ${specifier}: ${problem}`)] : [];
  });
}

function engineImport(path: string, target: string, isPackage: boolean): string {
  const [, own, inFolder] = path.split('/');
  const [top, other, inOther] = target.split('/');
  if (inFolder !== undefined && !(own in rank)) return `the folder ${own} has no rank`;
  if (isPackage) return own !== 'host' && screenPackages.test(target) ? 'the engine knows no screen, no machine' : '';
  if (top !== 'src') return own === 'host' && top !== 'app' ? '' : 'the engine stands alone';
  if (doors.includes(path) || inOther === undefined) return doors.includes(target) ? 'that door is for app/' : '';
  if (inFolder === undefined) return 'a file at the top of src/ imports nothing';
  if (own === 'theory') return ['theory', 'random'].includes(other) ? '' : 'theory may import random only';
  // The scenario's schema is the vocabulary of every layer: what the settings are called and what they are measured in.
  if (target === 'src/scenario/schema.ts') return '';
  return rank[other] <= rank[own] ? '' : `${own} is below ${other}`;
}

function doorImport(path: string, target: string, isPackage: boolean, query: string): string {
  const checksTheWhole = /^e2e\/|^content\/(Lane\.ts|LessonRun\.ts|firstRun\.ts|.*\.test\..*)$/;
  if (isPackage || !target.startsWith('src/') || checksTheWhole.test(path)) return '';
  if (doors.includes(target) || alsoDoors.test(target)) return '';
  if (shownAsText.test(target) && /^(raw|code)$/.test(query)) return '';
  return `the engine has these doors: ${doors.join(', ')}`;
}

/** What would make a run differ between two engines or two moments; see the determinism rule of src/MODEL.md. */
function determinismProblems(source: Source): string[] {
  const problems: string[] = [];
  if (!/^src\/(?!host\/)/.test(source.path) || isTest(source.path)) return problems;
  walk(source.body, (node, [parent]) => {
    const ban = (what: string): number => problems.push(at(source, node, what));
    if (node.type === 'Identifier' && isReference(node, parent)) {
      const name = nameOf(node);
      if (unsafeGlobals.test(name)) ban(name);
      const member = parent?.type === 'MemberExpression' && !parent.computed ? nameOf(parent.property) : '';
      if (name === 'Math' && !exactMath.test(member)) ban(`Math.${member}`);
    }
    if (String(node.operator).startsWith('**')) ban('**');
    if (node.async || node.await || node.type === 'AwaitExpression') ban('async');
    if (node.type === 'ForInStatement') ban('for-in');
    const property = nameOf(node.property);
    if (/^(localeCompare|toLocale\w+)$/.test(property)) ban(property);
    const called = node.type === 'CallExpression' ? nameOf(asNode(node.callee).property) : '';
    if (/^(sort|toSorted)$/.test(called) && !(node.arguments as Node[]).length) ban(`${called}() without a comparator`);
  });
  return problems;
}

/** False for a name that is only a label: `x.Date`, `{ Date: 1 }`, a member of an interface. */
function isReference(node: Node, parent: Node | undefined): boolean {
  if (!parent || parent.computed) return true;
  return parent.property !== node && parent.key !== node && (parent.type !== 'TSQualifiedName' || parent.left === node);
}

function sizeProblems(source: Source): string[] {
  const lines = source.text.trimEnd().split('\n').length;
  const problems = lines > 400 ? [`${source.path} has ${lines} lines`] : [];
  if (isTest(source.path)) return problems;
  walk(source.body, (node, ancestors) => {
    if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type) || !node.body) return;
    const holder = ancestors.find((ancestor) => ancestor.type !== 'CallExpression');
    const name = nameOf(node.id ?? holder?.id ?? holder?.key) || 'a function';
    const isComponent = source.path.startsWith('app/') && source.path.endsWith('.tsx') && /^[A-Z]/.test(name);
    const length = lineAt(source, node.end) - lineAt(source, node.start) + 1;
    if (length > (isComponent ? 120 : 70)) problems.push(at(source, node, `${name} has ${length} lines`));
  });
  return problems;
}

/** In src/ every export needs a docstring, in app/ every exported function, class and component. */
function docstringProblems(source: Source): string[] {
  if (!/^(src|app)\//.test(source.path) || isTest(source.path) || source.path.endsWith('.d.ts')) return [];
  const documented = new Set<string>();
  const problems: string[] = [];
  for (const { node, declaration } of exportsOf(source)) {
    const [variable] = (declaration.declarations ?? []) as Node[];
    const name = nameOf(declaration.id ?? variable?.id) || 'default';
    const holds = /Function|Class|^CallExpression$/.test((variable ? asNode(variable.init) : declaration).type);
    if (source.path.startsWith('app/') && !holds) continue;
    // Of overloads, the first one carries the text.
    if (hasDocstring(source, node)) documented.add(name);
    else if (!documented.has(name)) problems.push(at(source, node, `${name} has no docstring`));
  }
  return problems;
}

function exportsOf(source: Source): { node: Node; declaration: Node }[] {
  const local = new Set<string>();
  for (const node of source.body) {
    if (node.type === 'ExportNamedDeclaration' && !node.source) {
      for (const specifier of node.specifiers as Node[]) local.add(nameOf(specifier.local));
    }
    if (node.type === 'ExportDefaultDeclaration' && asNode(node.declaration).type === 'Identifier') {
      local.add(nameOf(node.declaration));
    }
  }
  return source.body.flatMap((node) => {
    const [variable] = (node.declarations ?? []) as Node[];
    if (local.has(nameOf(node.id ?? variable?.id))) return [{ node, declaration: node }];
    const declaration = asNode(node.declaration);
    return declaration.type && declaration.type !== 'Identifier' ? [{ node, declaration }] : [];
  });
}

function hasDocstring({ comments, text }: Source, node: Node): boolean {
  return comments.some(({ type, value, end }) => {
    if (type !== 'Block' || !value.startsWith('*') || end > node.start) return false;
    const between = text.slice(end, node.start).replaceAll(/\/\/.*/g, '');
    return between.trim() === '' && /\w/.test(value);
  });
}

/** The code view finds the running line by its step, so `yield* cache.get(` may stand only once in a pattern's file. */
function stepProblems(source: Source): string[] {
  if (!source.path.startsWith('src/patterns/') || isTest(source.path)) return [];
  const seen = new Set<string>();
  const problems: string[] = [];
  let [generators, wraps] = [0, false];
  walk(source.body, (node) => {
    if (node.generator) generators += 1;
    const callee = asNode(asNode(node.argument).callee);
    if (node.type !== 'YieldExpression' || !node.delegate) return;
    // What wraps another pattern takes its steps from that one.
    if (callee.type === 'Identifier') wraps = true;
    if (callee.type !== 'MemberExpression') return;
    const step = source.text.slice(callee.start, callee.end);
    if (seen.has(step)) problems.push(at(source, node, `yield* ${step} stands twice`));
    seen.add(step);
  });
  if (generators > 0 && seen.size === 0 && !wraps) problems.push(`${source.path} has no step \`yield* handle.op(\``);
  return problems;
}

function nameProblems(path: string): string[] {
  const words = basename(path).split(/[.\-_]|(?=[A-Z])/);
  return words.some((word) => /^(util(itie)?s?|utility|managers?|helpers?|handlers?)$/i.test(word)) ? [path] : [];
}

/** Paths in backticks, found from the document's own folder, from the root, or (a bare file name) anywhere. */
function pathProblems(document: string, text: string, files: readonly string[]): string[] {
  const here = dirname(document);
  const inline = text.replaceAll(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/`([^`\n]+)`/g);
  return [...inline].flatMap(([, quoted]) => {
    const path = quoted.replace(/[?#].*$/, '');
    if (!/^[\w@.-]+(\/[\w@.-]+)*\/?$/.test(path) || generated.test(path)) return [];
    const found = (part: string): boolean => [here, '.'].some((base) => existsSync(join(root, base, part)));
    const [first, second] = path.split('/');
    const looksLikePath = /(\.(ts|tsx|mjs|css|md|mdx|yaml)|\/)$/.test(path) || (second !== undefined && found(first));
    const exists = found(path) || (second === undefined && files.some((file) => basename(file) === path));
    return looksLikePath && !exists ? [`${document}: \`${quoted}\` is not there`] : [];
  });
}

const files = ['src', 'app', 'content', 'e2e', '.ci', 'public'].flatMap(listFiles);
const sources = files
  .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
  .map((path) => parse(path, readFileSync(join(root, path), 'utf8')));
const everywhere = (rule: (source: Source) => string[]): string[] => sources.flatMap(rule);

describe('the source', () => {
  it('is seen by these rules', () => {
    expect(sources.flatMap(({ path, errors }) => errors.map(({ message }) => `${path} ${message}`))).toEqual([]);
    const engine = sources.filter(({ path }) => path.startsWith('src/') && !isTest(path));
    expect(engine.length).toBeGreaterThanOrEqual(75);
    expect(engine.flatMap(importsOf).length).toBeGreaterThan(engine.length / 2);
  });

  it('imports one way', () => {
    expect(everywhere(importProblems)).toEqual([]);
  });

  it.each([
    ['src/kernel/a.ts', "import { b } from '../policies/b.ts';"],
    ['src/kernel/a.ts', "export * from '../nodes/b.ts';"],
    ['src/kernel/a.ts', "type B = import('../host/b.ts').B;"],
    ['src/theory/a.ts', "import type { B } from '../kernel/b.ts';"],
    ['src/nodes/a.ts', "import { readFileSync } from 'node:fs';"],
    ['src/scenario/a.ts', "import { useState } from 'react';"],
    ['src/scenario/a.ts', "import text from '../../content/a.yaml';"],
    ['src/patterns/a.ts', "import { b } from '../index.ts';"],
    ['src/unheardOf/a.ts', "import { b } from '../kernel/b.ts';"],
    ['src/host/a.ts', "import { b } from '../../app/b.ts';"],
    ['app/views/a.tsx', "import { b } from '../../src/kernel/b.ts';"],
    ['app/views/a.tsx', "const b = import('../../src/patterns/cacheAside.ts');"],
    ['app/views/a.tsx', "import text from '../../src/kernel/b.ts?raw';"],
    ['app/views/a.tsx', "new Worker(new URL('../../src/host/cli/main.ts', import.meta.url));"],
    ['app/views/a.tsx', "const all = import.meta.glob('../../src/patterns/*.ts');"],
  ])('would object in %s to %s', (path, text) => {
    expect(importProblems(parse(path, text))).toHaveLength(1);
  });

  it.each([
    ['src/nodes/a.ts', "import { b } from '../kernel/b.ts'; import { c } from 'pure-rand/x';"],
    ['src/host/cli/a.ts', "import { readFileSync } from 'node:fs'; import p from '../../../package.json';"],
    ['app/a.ts', "import { run } from '../src/index.ts'; import text from '../src/patterns/cacheAside.ts?raw';"],
    ['app/a.ts', "new Worker(new URL('../src/host/worker.ts', import.meta.url), { type: 'module' });"],
    ['app/a.ts', "import.meta.glob('../src/patterns/*.ts', { query: '?raw', import: 'default' });"],
  ])('allows in %s: %s', (path, text) => {
    expect(importProblems(parse(path, text))).toEqual([]);
  });

  it('never asks the machine for time, luck, order or a transcendental function', () => {
    expect(everywhere(determinismProblems)).toEqual([]);
  });

  it.each([
    'const a = Date.now();',
    'const a = new Date(0);',
    'const a = performance.now();',
    'const a = crypto.randomUUID();',
    'const a = Math.random();',
    'const a = Math.log(2) ;',
    "const a = Math['exp'](2);",
    'const { pow } = Math;',
    'f({ Date });',
    'if (a < Math.hypot(1, 2)) f();',
    'const a = 2 ** 3;',
    'let a = 2; a **= 3;',
    "const a = new Intl.NumberFormat('en');",
    'const a = (1).toLocaleString();',
    "const a = 'a'.localeCompare('b');",
    'const a = [2, 1].sort();',
    'const a = [2, 1].toSorted();',
    'setTimeout(f, 1);',
    'const a = async () => 1;',
    'for (const a in b) f(a);',
  ])('would object to %s', (text) => {
    expect(determinismProblems(parse('src/kernel/a.ts', text))).toHaveLength(1);
    expect(determinismProblems(parse('src/host/a.ts', text))).toEqual([]);
  });

  it('allows what only looks alike', () => {
    const text = `// Date.now() and Math.random()
      const a = { Date: 1, performance: 'setTimeout(1)' }; const b = a.Date + Math.sqrt(2) * Math.LN2;
      interface C { crypto: number } const d = [2, 1].sort((x, y) => x - y); f(/Math.exp/, \`\${b} async\`);`;
    expect(determinismProblems(parse('src/kernel/a.ts', text))).toEqual([]);
  });

  it('keeps files and functions short', () => {
    expect(everywhere(sizeProblems)).toEqual([]);
    const lines = (count: number): string => 'f();\n'.repeat(count);
    expect(sizeProblems(parse('src/a.ts', lines(401)))).toHaveLength(1);
    expect(sizeProblems(parse('src/a.ts', `function a() {\n${lines(68)}}`))).toEqual([]);
    expect(sizeProblems(parse('src/a.ts', `function a() {\n${lines(69)}}`))).toHaveLength(1);
    expect(sizeProblems(parse('src/a.ts', `class A {\n b() {\n${lines(69)}}}`))).toHaveLength(1);
    expect(sizeProblems(parse('app/A.tsx', `const A = memo(() => {\n${lines(100)}});`))).toEqual([]);
    expect(sizeProblems(parse('app/A.tsx', `const A = memo(() => {\n${lines(120)}});`))).toHaveLength(1);
    expect(sizeProblems(parse('app/a.tsx', `const a = () => {\n${lines(100)}};`))).toHaveLength(1);
  });

  it('explains every export', () => {
    expect(everywhere(docstringProblems)).toEqual([]);
    for (const text of ['const a = 1;', 'type A = 1;', 'interface A {}', 'function a() {}', 'default function () {}']) {
      expect(docstringProblems(parse('src/a.ts', `/** Why. */\nf();\nexport ${text}`))).toHaveLength(1);
      expect(docstringProblems(parse('src/a.ts', `/** Why. */\nexport ${text}`))).toEqual([]);
    }
    expect(docstringProblems(parse('src/a.ts', 'const a = 1;\nexport { a };'))).toHaveLength(1);
    expect(docstringProblems(parse('src/index.ts', "export { a } from './a.ts';"))).toEqual([]);
    expect(docstringProblems(parse('app/A.tsx', 'export const A = memo(() => null);'))).toHaveLength(1);
    expect(docstringProblems(parse('app/A.tsx', 'export const size = 1;'))).toEqual([]);
  });

  it('gives every step of a pattern a line of its own', () => {
    expect(everywhere(stepProblems)).toEqual([]);
    const pattern = (body: string): Source => parse('src/patterns/a.ts', `function* a() { ${body} }`);
    expect(stepProblems(pattern('yield* cache.get(1); yield* database.read(1); yield* cache.set(1);'))).toEqual([]);
    expect(stepProblems(pattern('yield* cache.get(1); if (b) yield* cache.get(2);'))).toHaveLength(1);
    expect(stepProblems(pattern('yield 1;'))).toHaveLength(1);
  });

  it('names files for what they are', () => {
    expect(files.flatMap(nameProblems)).toEqual([]);
    const bad = ['src/utils.ts', 'app/stageManager.ts', 'src/host/errorHandler.test.ts', 'e2e/test-helpers.mjs'];
    expect(bad.flatMap(nameProblems)).toEqual(bad);
    expect(['src/nodes/Link.ts', 'app/handle.ts', 'src/utilisation.ts'].flatMap(nameProblems)).toEqual([]);
  });

  it('has what its documents point to', () => {
    const documents = ['README.md', 'src/README.md', 'app/README.md', 'content/README.md', 'src/MODEL.md'];
    const present = documents.filter((path) => existsSync(join(root, path)));
    expect(present.flatMap((path) => pathProblems(path, readFileSync(join(root, path), 'utf8'), files))).toEqual([]);
    const text =
      '`src/absent.ts`, `absent/`, `absent.ts`; `src/`, `tidy.test.ts`, `./tidy.test.ts`, `hits/misses`, `30s`';
    expect(pathProblems('src/README.md', text, files)).toHaveLength(3);
  });
});
