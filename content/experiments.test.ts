/**
 * Every experiment is valid, and whatever a lesson claims has an experiment behind it. That they hold, on all of their seeds, is
 * what `hotpath check` sees to.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readFrontMatter, readLessons } from '../app/content/lessonsPlugin.ts';
import { parseClaims } from '../src/checks/claims.ts';
import { experimentFilesOf, readExperimentFiles } from '../src/host/experiments/experimentFiles.ts';
import { formatProblem } from '../src/scenario/problems.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const folder = `${root}/content/experiments`;

const names = readdirSync(folder).filter((name) => name.endsWith('.yaml') && name !== 'claims.yaml');
const sources = readExperimentFiles(experimentFilesOf(names.map((name) => `${folder}/${name}`)));
const experiments = sources.map(({ experiment }) => experiment);
const behind = new Set(experiments.flatMap(({ claims }) => claims));
const catalogue = parseClaims(readFileSync(`${folder}/claims.yaml`, 'utf8'), { file: 'claims.yaml' });
const claims = 'claims' in catalogue ? catalogue.claims : [];

describe('the catalogue of claims', () => {
  it('has every latency, pattern, staleness and failure claim, in order', () => {
    expect('problems' in catalogue ? catalogue.problems.map(formatProblem) : []).toEqual([]);
    const series = (letter: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
    const expected = [
      ...series('L', 15),
      ...series('P', 12),
      ...series('S', 15),
      ...series('E', 9),
      ...series('F', 15),
      'C2',
      'C9',
    ];
    expect(claims.map(({ id }) => id).filter((id) => expected.includes(id))).toEqual(expected);
  });
});

describe('the experiments', () => {
  it('have files named for them, titles of their own, and claims of their topic or the next', () => {
    expect(experiments.map(({ id }) => `${id}.yaml`)).toEqual(names);
    expect(new Set(experiments.map(({ title }) => title)).size).toBe(names.length);
    const topics = new Map(claims.map(({ id, topic }) => [id, topic]));
    for (const { id, topic, claims: own } of experiments)
      expect(
        own.map((claim) => topics.get(claim)),
        id,
      ).toContain(topic);
  });
});

describe('the lessons', () => {
  it('claim only what an experiment shows', () => {
    const cited = readLessons(`${root}/content/lessons`, root).flatMap(({ id, file }) =>
      (readFrontMatter(file, readFileSync(`${root}/${file}`, 'utf8')).claims ?? []).map((claim) => ({ id, claim })),
    );
    expect(cited.length).toBeGreaterThan(0);
    const bare = cited.filter(({ claim }) => !behind.has(claim));
    expect(bare).toEqual([]);
  });
});
