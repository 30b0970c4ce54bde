import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimIndex, experimentIndex, experimentsFor, loadExperiment } from './experiments.ts';
import { readExperimentFiles } from './experimentsPlugin.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
let content: string;

beforeEach(() => {
  content = mkdtempSync(join(tmpdir(), 'hotpath-'));
  cpSync(join(root, 'content/scenarios/hot-key.yaml'), join(content, 'scenarios/hot-key.yaml'));
});

afterEach(() => rmSync(content, { recursive: true }));

const text = `experiment: 1
id: one
title: One
topic: failure
claims: [F1]
claim: Everybody asks at once.
source: [1, 2]
scenario: hot-key
seeds: [1, 2, 3]
expect:
  - { check: requests.arrived > 100, why: more than a hundred ask }
figures: { ours: requests.arrived }
`;

function write(name: string, written: string): string {
  const file = join(content, name);
  writeFileSync(file, written);
  return file;
}

describe('readExperimentFiles', () => {
  it('gives variants as scenarios that can be run', async () => {
    const [one] = await readExperimentFiles([write('one.yaml', text)], root, content);
    expect(one).toMatchObject({ id: 'one', sources: ['001', '002'], scenarioId: 'hot-key', atUs: 8e6 });
    expect(one.variants.map(({ name, scenario }) => [name, scenario.id])).toEqual([['only', 'hot-key']]);
  });

  it('fails the build with file, line and column, also inside a check', async () => {
    const file = write('one.yaml', text.replace('check: requests.arrived', 'check: requests.arived'));
    await expect(readExperimentFiles([file], root, content)).rejects.toThrow(
      /one\.yaml:11:14: expect\[0\]\.check: .*arrived/,
    );
  });

  it('wants a file to be named for its experiment', async () => {
    await expect(readExperimentFiles([write('two.yaml', text)], root, content)).rejects.toThrow(/named one\.yaml/);
  });
});

describe('virtual:experiments', () => {
  it('lists every experiment and claim without their scenarios, and fetches one', async () => {
    const entry = experimentsFor('F1').find(({ id }) => id === 'stampede');
    expect(entry).toMatchObject({ topic: 'failure', scenario: 'hot-key', sources: ['001', '002', '003'] });
    expect(experimentIndex.length).toBeGreaterThanOrEqual(3);
    expect(claimIndex.find(({ id }) => id === 'F1')?.topic).toBe('failure');
    const loaded = await loadExperiment('stampede');
    expect(loaded?.variants[0].scenario.cache.ttl).toBe(Number.POSITIVE_INFINITY);
    expect(loaded?.variants.length).toBeGreaterThanOrEqual(2);
    expect(await loadExperiment('toString')).toBeUndefined();
  });
});
