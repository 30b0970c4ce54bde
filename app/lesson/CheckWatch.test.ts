import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CheckResult } from '../../src/checking.ts';
import type { Stage } from '../stage/Stage.ts';
import { Playhead } from '../stage/Playhead.ts';
import { CheckWatch } from './CheckWatch.ts';
import type { Judge } from './checking.ts';

let looks: { texts: readonly string[]; atUs: number }[];
let statuses: Record<string, CheckResult['status']>;
let stage: { store: StoreApi<object>; playhead: Playhead };
let watch: CheckWatch;
let revision: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  looks = [];
  statuses = {};
  revision = 0;
  stage = { store: createStore<object>(() => ({ runs: [{}], revision: 0, resets: 0 })), playhead: new Playhead() };
  const judge = {
    checkAll: (texts: readonly string[], _run: unknown, atUs: number) => {
      looks.push({ texts, atUs });
      return texts.map((text) => ({ status: statuses[text] ?? 'fail', expected: '', message: 'why' }));
    },
  };
  watch = new CheckWatch(stage as unknown as Stage, async () => judge as unknown as Judge);
});

afterEach(() => {
  vi.useRealTimers();
});

/** The stage goes on for some real milliseconds, with news every 100. */
async function run(ms: number): Promise<void> {
  for (let at = 0; at < ms; at += 100) {
    stage.playhead.move(stage.playhead.atUs + 100_000);
    stage.store.setState({ revision: ++revision });
    await vi.advanceTimersByTimeAsync(100);
  }
}

it('looks four times a second at most, and at what is open only', async () => {
  watch.watch('a', () => {});
  watch.watch('b', () => {});
  await run(2000);
  expect(looks.length).toBeGreaterThanOrEqual(5);
  expect(looks.length).toBeLessThanOrEqual(9);
  statuses.a = 'pass';
  await run(600);
  looks = [];
  await run(1000);
  expect(looks.length).toBeGreaterThan(0);
  expect(looks.every(({ texts }) => texts.join() === 'b')).toBe(true);
});

it('keeps a check met although it no longer holds, until the run is started again', async () => {
  const told = vi.fn();
  watch.watch('a', told);
  statuses.a = 'pass';
  await run(600);
  expect(watch.state('a').met).toBe(true);
  statuses.a = 'fail';
  await run(1000);
  expect(watch.state('a').met).toBe(true);
  expect(told).toHaveBeenCalledTimes(1);
  stage.store.setState({ resets: 1 });
  stage.playhead.move(0);
  expect(watch.state('a').met).toBe(false);
  await run(600);
  expect(watch.state('a').met).toBe(false);
  statuses.a = 'pass';
  await run(600);
  expect(watch.state('a').met).toBe(true);
});

it('tells what is wrong with a check once, and asks no more', async () => {
  statuses.a = 'error';
  watch.watch('a', () => {});
  await run(600);
  expect(watch.state('a')).toEqual({ met: false, problem: 'why' });
  looks = [];
  await run(1000);
  expect(looks).toEqual([]);
});

it('does nothing for checks that nobody watches any more', async () => {
  const stop = watch.watch('a', () => {});
  await run(400);
  stop();
  looks = [];
  await run(1000);
  expect(looks).toEqual([]);
});
