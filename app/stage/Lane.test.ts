import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createColumns } from '../../src/checking.ts';
import type { Batch, RunMeta, Scenario } from '../../src/index.ts';
import { engine, type RunListener } from '../engine/EngineClient.ts';
import { Lane } from './Lane.ts';

/** What the engine was asked for: a run each, how far it should go, and whether it has been closed. */
let asked: { listener: RunListener; untilUs: number; closed: boolean }[];

const scenario = { duration: 60e6 } as Scenario;
const owner = { laneChanged: () => {}, laneFailed: () => {} };
const noRows = createColumns(0);

beforeEach(() => {
  asked = [];
  vi.spyOn(engine, 'open').mockImplementation(
    (_scenario, _actions, listener) => asked.push({ listener, untilUs: 0, closed: false }) - 1,
  );
  vi.spyOn(engine, 'advance').mockImplementation((run, untilUs) => {
    asked[run].untilUs = untilUs;
  });
  vi.spyOn(engine, 'close').mockImplementation((run) => {
    asked[run].closed = true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** The engine answers: everything before this time is known. */
function know(run: number, horizonUs: number): void {
  const { listener } = asked[run];
  listener.opened({ metricColumns: [], windowUs: 1e6, nodes: [] } as unknown as RunMeta);
  listener.batch({ closed: noRows, open: noRows, windows: { count: 0 }, horizonUs } as unknown as Batch, false);
}

it('a run that is to take over goes as far as the lane was asked meanwhile', () => {
  const lane = new Lane(owner, scenario, [], 1e6);
  know(0, 1e6);
  lane.fork(scenario, [], 2e6);
  lane.advance(30e6);
  expect(asked.map(({ untilUs }) => untilUs)).toEqual([30e6, 30e6]);
  // It takes over as soon as it knows what was needed, and goes on.
  know(1, 2e6);
  expect(lane.busy).toBe(false);
  expect(lane.view?.horizonUs).toBe(2e6);
  expect(asked[0].closed).toBe(true);
});

it('and so does one that waits for its turn', () => {
  const lane = new Lane(owner, scenario, [], 1e6);
  know(0, 1e6);
  lane.fork(scenario, [], 2e6);
  lane.fork(scenario, [], 2e6);
  lane.advance(30e6);
  know(1, 2e6);
  expect(lane.busy).toBe(true);
  expect(asked[2].untilUs).toBe(30e6);
});
