/**
 * What the first view costs to fetch: every script and style it loads, each as gzip level 9, against a limit; and proof
 * that the diagram library is not among them. Usage: node e2e/sizeBudget.mjs [PAGE…], where a PAGE is the name of a page
 * in app/pages that the first view shows and that may be a lazy chunk (Home).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const limitBytes = 140_000;
/** A property name that only mermaid's own code contains; minifiers keep it. Its name as a chunk is not enough. */
const mermaidMark = 'mermaidAPI';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

function main(pages) {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
  const problems = [];
  const files = [...new Set([...firstLoad(manifest, pages, problems), ...fromDocument(), ...workerFiles(problems)])];

  const rows = files.map((file) => ({ file, bytes: gzipSync(readFileSync(join(dist, file)), { level: 9 }).length }));
  rows.sort((a, b) => b.bytes - a.bytes);
  const sum = rows.reduce((bytes, row) => bytes + row.bytes, 0);
  for (const { file, bytes } of rows) console.log(line(file, bytes));
  console.log(line(`first view, limit ${(limitBytes / 1000).toFixed(1)} kB`, sum));

  if (sum > limitBytes) problems.push(`${sum - limitBytes} bytes over the limit of ${limitBytes}`);
  problems.push(...mermaidProblems(manifest, files));
  for (const problem of problems) console.error(`size budget: ${problem}`);
  return problems.length === 0 ? 0 : 1;
}

/** Scripts and styles of the entry and of the given pages, with all they import statically. */
function firstLoad(manifest, pages, problems) {
  const entries = Object.keys(manifest).filter((key) => manifest[key].isEntry);
  if (entries.length === 0) problems.push('the manifest has no entry');
  const files = new Set();
  const seen = new Set();
  const visit = (key) => {
    if (seen.has(key)) return;
    seen.add(key);
    const { file, css = [], imports = [] } = manifest[key];
    for (const name of [file, ...css]) if (['.js', '.css'].includes(extname(name))) files.add(name);
    for (const other of imports) visit(other);
  };
  for (const key of [...entries, ...pages.flatMap((page) => lazyChunk(manifest, page, problems))]) visit(key);
  return files;
}

/** Scripts and styles that index.html names itself: the entry again, and those of public/, which no manifest knows. */
function fromDocument() {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  return [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="(?:\.\/)?([\w@./-]+\.(?:js|css))"/g)].map(
    ([, file]) => file,
  );
}

/** The engine's worker is a build of its own, outside the manifest: its file, and what that imports. */
function workerFiles(problems) {
  const files = readdirSync(join(dist, 'assets')).filter((name) => /^worker\b.*\.js$/.test(name));
  if (files.length === 0) problems.push('no engine worker (assets/worker-*.js) in the build');
  for (const file of files) {
    const text = readFileSync(join(dist, 'assets', file), 'utf8');
    for (const [, other] of text.matchAll(/\b(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) {
      if (!files.includes(other)) files.push(other);
    }
  }
  return files.map((name) => `assets/${name}`);
}

function lazyChunk(manifest, page, problems) {
  const keys = Object.keys(manifest).filter(
    (key) => manifest[key].isDynamicEntry && key.startsWith('app/') && basename(key, extname(key)) === page,
  );
  // A page that is no lazy chunk is part of the entry, provided that it exists at all.
  if (keys.length === 0 && !existsSync(join(root, 'app/pages', `${page}.tsx`))) {
    problems.push(`there is no page app/pages/${page}.tsx`);
  }
  return keys;
}

function mermaidProblems(manifest, files) {
  const marked = (file) => readFileSync(join(dist, file), 'utf8').includes(mermaidMark);
  const early = files.filter(marked).map((file) => `mermaid is in the first load: ${file}`);
  const built = Object.entries(manifest).filter(([key]) => key.includes('node_modules/mermaid/'));
  const lost = built.length > 0 && !built.some(([, chunk]) => marked(chunk.file));
  return lost && early.length === 0 ? [...early, `no chunk contains ${mermaidMark}: choose another mark`] : early;
}

function line(name, bytes) {
  return `${name.padEnd(56)} ${(bytes / 1000).toFixed(1).padStart(8)} kB gz`;
}

process.exitCode = main(process.argv.slice(2));
