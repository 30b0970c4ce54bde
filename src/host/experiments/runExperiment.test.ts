import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../checks/Experiment.ts';
import { parseExperiment } from '../../checks/parseExperiment.ts';
import { formatProblem } from '../../scenario/problems.ts';
import { medianOf } from './medianOf.ts';
import { runExperiment } from './runExperiment.ts';
import { verdictOf } from './verdictOf.ts';

/** A small experiment with these checks. */
function experiment(checks: readonly string[], more = ''): Experiment {
  const text = `experiment: 1
id: planted
title: Planted
topic: latency
claims: [L5]
claim: A cache takes load off the database.
source: 003
scenario: { duration: 6s, traffic: { readers: { rate: 200/s, count: 50 } } }
variants:
  without: { set: { pattern.read: none } }
  with: {}
seeds: [1, 2, 3]
moments: { warm: 2s }
values:
  rate: traffic.readers.rate
  few: rows{op=database.read} of with over warm..
  fetches: { form: stampedeFetches, with: { readsPerS: $rate, rebuildS: 100ms } }
expect:
${checks.map((check) => `  - { check: ${JSON.stringify(check)}, why: planted for this test }`).join('\n')}
figures:
  ours: [{ label: a, value: database.qps of without }, { label: b, value: database.qps of with over warm.. }]
  theory: $fetches
${more}`;
  const parsed = parseExperiment(text, { scenarios: { ids: [], read: () => undefined } });
  if ('problems' in parsed) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed.experiment;
}

const runAll = (planted: Experiment) => planted.seeds.map((seed) => runExperiment(planted, seed));

describe('runExperiment', () => {
  it('runs every variant on the seed and holds the checks against them', () => {
    const planted = experiment([
      'database.qps of without == $rate +- 20% of it',
      'database.qps of with over warm.. < $rate / 5',
      'rows{op=database.read} of with over warm.. == $few',
    ]);
    const run = runExperiment(planted, 7);
    expect(run.results.map(({ status }) => status)).toEqual(['pass', 'pass', 'pass']);
    expect(run.holds).toBe(true);
    expect(run.values.fetches).toEqual({ value: 21, unit: 'number' });
    expect(run.figures.theory).toEqual([{ label: '', text: '$fetches', value: 21, unit: expect.any(String) }]);
    expect(run.runs.map(({ variant, seed, endUs }) => [variant, seed, endUs])).toEqual([
      ['without', 7, 6e6],
      ['with', 7, 6e6],
    ]);
    // The same luck in both: as many people ask.
    expect(run.runs[0].requests).toBe(run.runs[1].requests);
    expect(runExperiment(planted, 7)).toEqual(run);
    expect(runExperiment(planted, 8).runs[0].requests).not.toBe(run.runs[0].requests);
  });

  it('is plain data, so that it can go from a worker to its owner', () => {
    const run = runExperiment(experiment(['reads.completed > 0']), 1);
    expect(structuredClone(run)).toEqual(run);
  });

  it('tells a check that fails from one that found nothing, and passes neither', () => {
    const planted = experiment([
      'database.qps of with > 1000/s',
      'p99(took{op=database.read,key=49}) over 5900ms..5901ms < 1s',
    ]);
    const run = runExperiment(planted, 1);
    expect(run.results.map(({ status }) => status)).toEqual(['fail', 'nodata']);
    expect(run.results[0].observed).toBeLessThan(1000);
    expect(run.holds).toBe(false);
    expect(runExperiment(experiment(['p99(took{op=database.read,key=49}) over 5900ms..5901ms < 1s']), 1).holds).toBe(
      false,
    );
  });
});

describe('a figure without a value', () => {
  it('keeps the experiment from holding', () => {
    const planted = experiment(['reads.completed > 0']);
    const [first] = planted.figures.ours;
    const text = 'p99(took{op=database.read,key=49}) over 5900ms..5901ms';
    const [nowhere] = experiment([`${text} < 1s`]).expectations;
    const run = runExperiment(
      { ...planted, figures: { ours: [{ ...first, text, expression: nowhere.check.left }], theory: [], document: '' } },
      1,
    );
    expect(run.holds).toBe(false);
    expect(run.results.at(-1)).toMatchObject({ status: 'nodata', text });
  });
});

describe('verdictOf', () => {
  it('holds where every check passes on every seed, with the medians of the figures', () => {
    const planted = experiment(['database.qps of with over warm.. < $rate']);
    const runs = runAll(planted);
    const verdict = verdictOf(planted, runs);
    expect(verdict).toMatchObject({ status: 'holds', decisive: { seed: 1 } });
    const rates = runs.map(({ figures }) => ('value' in figures.ours[1] ? figures.ours[1].value : Number.NaN));
    expect(verdict.ours.map(({ label }) => label)).toEqual(['a', 'b']);
    expect(verdict.ours[1].value).toBe(rates.sort((a, b) => a - b)[1]);
  });

  it('is corrected where it holds and says so', () => {
    const planted = experiment(['reads.completed > 0'], 'corrected: The documents speak of another figure here.\n');
    expect(verdictOf(planted, runAll(planted)).status).toBe('corrected');
  });

  it('is decided by the worst check of any seed', () => {
    const most = runAll(experiment(['reads.completed > 0'])).map(({ runs }) => runs[0].requests);
    const limit = Math.max(...most);
    const planted = experiment(
      ['reads.completed > 0', `requests.arrived < ${limit}`],
      'corrected: Said in vain, since it fails.\n',
    );
    const verdict = verdictOf(planted, runAll(planted));
    expect(verdict.status).toBe('fails');
    expect(verdict.decisive.seed).toBe(planted.seeds[most.indexOf(limit)]);
    expect(verdict.decisive.result.text).toBe(`requests.arrived < ${limit}`);
    const empty = experiment(['reads.completed > 0', 'avg(took{op=database.write}) < 1s']);
    expect(verdictOf(empty, runAll(empty)).status).toBe('nodata');
  });
});

describe('medianOf', () => {
  it('is in the middle, whatever the order', () => {
    expect([medianOf([9, 1, 5]), medianOf([10, 2, 1, 4])]).toEqual([5, 3]);
    expect(medianOf([])).toBeNaN();
  });
});
