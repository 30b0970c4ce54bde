import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { drills, readDrillFiles } from './drillsPlugin.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const content = mkdtempSync(join(tmpdir(), 'drills-'));
mkdirSync(join(content, 'drills'));
afterAll(() => rmSync(content, { recursive: true }));

const script = `drill: 1
id: one-key
title: One key
level: junior
minutes: 4
seed: 1
system:
  scenario:
    traffic: { readers: { rate: 10/s, count: 1 } }
    duration: 10s
faults:
  - { id: hidden, at: 3s, do: flush, secret: true }
steps:
  - id: guess
    kind: predict
    limit: 1m
    ask: How many database reads will there be?
    answer: { type: number, unit: reads }
    truth: sum(database.reads)
    points: 50
  - id: fix
    kind: intervene
    limit: 2m
    task: Keep the errors away.
    allow: [cache.ttl]
    checks:
      - { id: honest, expect: errors == 0, points: 50 }
    solutions:
      longer-life: { set: { cache.ttl: 1m } }
  - { id: sheet, kind: score, limit: 1m }
ci:
  - { name: does nothing, expect: { total: "< 60%", pass: false } }
  - { name: knows it, answers: { guess: 1 }, expect: { total: ">= 90%" } }
`;

function write(name: string, text: string): string {
  const file = join(content, 'drills', name);
  writeFileSync(file, text);
  return file;
}

type Load = (this: { addWatchFile: (file: string) => void }, id: string) => Promise<string>;

it('a drill is an entry of the index and two modules: what everybody may see, and the key', async () => {
  const file = write('one-key.drill.yaml', script);
  const load = drills(root, content).load as unknown as Load;
  const context = { addWatchFile: () => undefined };
  const index = await load.call(context, '\0virtual:drills');
  expect(index).toContain('"title":"One key"');
  const open = await load.call(context, '\0virtual:drill-script/one-key-script');
  const key = await load.call(context, '\0virtual:drill-key/one-key-key');
  for (const secret of ['longer-life', 'sum(database.reads)', 'hidden']) {
    expect(open).not.toContain(secret);
    expect(key).toContain(secret);
  }
  expect(open).toContain('Keep the errors away.');
  rmSync(file);
});

it('a mistake stops the build with file, line and column', async () => {
  const file = write('one-key.drill.yaml', script.replace('sum(database.reads)', 'sum(database.redas)'));
  await expect(readDrillFiles([file], root, content)).rejects.toThrow(/one-key\.drill\.yaml:19:\d+: .*database\.redas/);
  rmSync(file);
});

it('the name of the file is the id of the drill', async () => {
  const file = write('another.drill.yaml', script);
  await expect(readDrillFiles([file], root, content)).rejects.toThrow(
    'expected the file to be named one-key.drill.yaml',
  );
  rmSync(file);
});
