import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFrontMatter, readLessons } from './lessonsPlugin.ts';
import { readScenarioFile } from './scenariosPlugin.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpath-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const front = (more = '') => `---\ntitle: A title\nsummary: One sentence.\nminutes: 8\n${more}---\n\nText.\n`;

describe('readFrontMatter', () => {
  it('reads title, summary and minutes', () => {
    expect(readFrontMatter('a.mdx', front())).toEqual({ title: 'A title', summary: 'One sentence.', minutes: 8 });
  });

  it('says file, line and column of a field that does not fit', () => {
    const text = '---\ntitle: A title\nsummary: One sentence.\nminutes: many\n---\n';
    expect(() => readFrontMatter('a.mdx', text)).toThrow(/^a\.mdx:4:1: minutes: /);
  });

  it('says file, line and column of broken YAML', () => {
    expect(() => readFrontMatter('a.mdx', '---\ntitle: "open\n---\n')).toThrow(/^a\.mdx:\d+:\d+: /);
  });

  it('names a field that is not known, and one that is missing', () => {
    const text = '---\ntitle: A title\nauthor: me\nminutes: 8\n---\n';
    expect(() => readFrontMatter('a.mdx', text)).toThrow(/summary/);
    expect(() => readFrontMatter('a.mdx', text)).toThrow(/author/);
  });

  it('wants front matter at all', () => {
    expect(() => readFrontMatter('a.mdx', '# A title\n')).toThrow(/^a\.mdx:1:1: expected front matter/);
  });
});

describe('readLessons', () => {
  it('puts lessons in the order of their folders and gives the part its title', () => {
    write('02-later/01-third/index.mdx', front());
    write('01-when-it-breaks/02-second/index.mdx', front());
    write('01-when-it-breaks/01-first/index.mdx', front('part: When caches break\n'));
    write('01-when-it-breaks/notes/index.mdx', front());
    expect(readLessons(folder, folder).map(({ id, part, place, of }) => [id, part, place, of])).toEqual([
      ['first', 'When caches break', 1, 2],
      ['second', 'When caches break', 2, 2],
      ['third', 'Later', 1, 1],
    ]);
  });

  it('refuses two lessons of one name, since the name is the address', () => {
    write('01-a/01-same/index.mdx', front());
    write('02-b/01-same/index.mdx', front());
    expect(() => readLessons(folder, folder)).toThrow(/another lesson is called same/);
  });
});

describe('readScenarioFile', () => {
  const text = 'scenario: 1\nid: one\ntitle: One\ntraffic:\n  readers: { rate: 400/s }\n';

  it('gives the scenario as it is written and as it is read', async () => {
    const { input, scenario } = await readScenarioFile(write('one.yaml', text), root);
    expect(scenario.traffic.readers.rate).toBe(400);
    expect(JSON.parse(JSON.stringify(input))).toEqual({
      scenario: 1,
      id: 'one',
      title: 'One',
      traffic: { readers: { rate: '400/s' } },
    });
  });

  it('says file, line and column of what does not fit', async () => {
    const file = write('one.yaml', `${text}cache:\n  ttl: soon\n`);
    await expect(readScenarioFile(file, root)).rejects.toThrow(/one\.yaml:7:\d+: cache\.ttl: /);
  });

  it('wants a file to be named for its scenario', async () => {
    await expect(readScenarioFile(write('two.yaml', text), root)).rejects.toThrow(/named one\.yaml/);
  });
});
