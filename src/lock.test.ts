import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface LockedPackage {
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  overrides: Record<string, string>;
}

const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> };

/** Whether Node, starting in the package at `path` of the lock, would find `name`: in its own node_modules or in one above. */
function isLocked(lock: Record<string, LockedPackage>, path: string, name: string): boolean {
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1))) {
    if (`${from}${from && '/'}node_modules/${name}` in lock) return true;
    if (from === '') return false;
  }
}

/** The links `package → optional dependency` of a lock whose target has no entry of its own. */
function missingOptional(lock: Record<string, LockedPackage>): string[] {
  return Object.entries(lock).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(lock, path, name))
      .map((name) => `${path} → ${name}`),
  );
}

describe('the lock', () => {
  it('holds every platform binary, so that npm ci works on every platform', () => {
    const links = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
    expect(links.length).toBeGreaterThan(50);
    expect(missingOptional(packages)).toEqual([]);
  });

  it('would be found incomplete if one binary were dropped', () => {
    const lock = {
      'node_modules/a': { optionalDependencies: { 'a-linux': '1.0.0' } },
      'node_modules/a/node_modules/b': { optionalDependencies: { 'b-linux': '1.0.0', 'b-win': '1.0.0' } },
      'node_modules/a/node_modules/a-linux': {},
      'node_modules/b-linux': {},
    };
    expect(missingOptional(lock)).toEqual(['node_modules/a/node_modules/b → b-win']);
  });

  it('names no source but the public registry', () => {
    const sources = Object.values(packages).flatMap(({ resolved }) => (resolved ? [resolved] : []));
    expect(sources.filter((url) => !url.startsWith('https://registry.npmjs.org/'))).toEqual([]);
  });
});

describe('package.json', () => {
  it('pins every version exactly', () => {
    const { dependencies, devDependencies, overrides } = manifest;
    const pins = Object.entries({ ...dependencies, ...devDependencies, ...overrides });
    expect(pins.length).toBeGreaterThan(30);
    expect(pins.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });
});
