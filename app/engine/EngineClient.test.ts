import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Action, FromWorker, Scenario, ToWorker } from '../../src/index.ts';
import { EngineClient, type RunListener } from './EngineClient.ts';

/** A worker that says only what the test lets it say. */
class FakeWorker {
  static all: FakeWorker[] = [];
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly heard: ToWorker[] = [];
  ended = false;

  constructor() {
    FakeWorker.all.push(this);
  }

  postMessage(message: ToWorker): void {
    this.heard.push(message);
  }

  terminate(): void {
    this.ended = true;
  }

  say(message: FromWorker): void {
    this.onmessage?.({ data: message });
  }
}

const scenario = {} as Scenario;
const noActs: Action[] = [];

function listener() {
  return { opened: vi.fn(), batch: vi.fn(), failed: vi.fn(), lost: vi.fn() } satisfies RunListener;
}

beforeEach(() => {
  FakeWorker.all = [];
  vi.stubGlobal('Worker', FakeWorker);
  vi.stubGlobal('document', { hidden: false });
  vi.useFakeTimers();
  // A page is never at the very beginning of its time.
  vi.advanceTimersByTime(50);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function opened() {
  const client = new EngineClient();
  const heard = listener();
  const run = client.open(scenario, noActs, heard);
  return { client, heard, run, worker: FakeWorker.all[0] };
}

it('replaces a worker that says nothing for four seconds, and tells every run', () => {
  const { heard, worker } = opened();
  vi.advanceTimersByTime(3900);
  expect(worker.ended).toBe(false);
  vi.advanceTimersByTime(2000);
  expect(worker.ended).toBe(true);
  expect(heard.lost).toHaveBeenCalledOnce();
});

it('waits for a worker that waits for the network, and not a moment longer', () => {
  const { heard, worker, client, run } = opened();
  worker.say({ type: 'fetching' });
  client.advance(run, 1_000_000);
  vi.advanceTimersByTime(30_000);
  expect(heard.lost).not.toHaveBeenCalled();
  worker.say({ type: 'ready' });
  client.advance(run, 2_000_000);
  vi.advanceTimersByTime(6000);
  expect(heard.lost).toHaveBeenCalledOnce();
});

it('forgets runs that were lost, and starts another worker for the next', () => {
  const { client, worker } = opened();
  worker.onerror?.();
  const second = listener();
  const run = client.open(scenario, noActs, second);
  expect(FakeWorker.all).toHaveLength(2);
  expect(FakeWorker.all[1].heard).toEqual([{ type: 'open', run, scenario, actions: noActs }]);
});

it('passes what a run says to its own listener, and nothing after it was closed', () => {
  const { client, heard, run, worker } = opened();
  const other = listener();
  const second = client.open(scenario, noActs, other);
  worker.say({ type: 'failed', run: second, message: 'broke', atUs: 5 });
  expect(other.failed).toHaveBeenCalledWith('broke', 5);
  expect(heard.failed).not.toHaveBeenCalled();
  client.close(run);
  worker.say({ type: 'failed', run, message: 'broke', atUs: 6 });
  expect(heard.failed).not.toHaveBeenCalled();
});
