import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { generateTrace } from '../replay/generators.ts';
import { replayTrace } from '../replay/replay.ts';
import type { FromTraceWorker, ToTraceWorker } from './traceProtocol.ts';

type Of<Type extends FromTraceWorker['type']> = Extract<FromTraceWorker, { type: Type }>;

describe('the worker that holds a trace', () => {
  const posted: FromTraceWorker[] = [];
  const self: { postMessage(message: FromTraceWorker): void; onmessage?: (event: { data: ToTraceWorker }) => void } = {
    // As a real one: what cannot be cloned cannot be sent.
    postMessage: (message) => posted.push(structuredClone(message)),
  };
  const send = (...messages: ToTraceWorker[]) => messages.forEach((data) => self.onmessage?.({ data }));
  const of = (job: number) => posted.filter((message) => 'job' in message && message.job === job);
  const ending = (job: number) =>
    vi.waitFor(
      () => {
        const last = of(job).at(-1);
        if (!last || !/opened|done|cancelled|failed/.test(last.type)) throw new Error('not yet');
        return last;
      },
      { timeout: 20_000, interval: 5 },
    );
  let jobs = 0;
  const open = async (source: Extract<ToTraceWorker, { type: 'open' }>['source']) => {
    const job = ++jobs;
    send({ type: 'open', job, source });
    return ending(job);
  };

  beforeAll(async () => {
    vi.stubGlobal('self', self);
    vi.resetModules();
    await import('./traceWorker.ts');
  });
  afterAll(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it('has nothing to compute before a trace is open', async () => {
    expect(posted).toEqual([{ type: 'ready' }]);
    send({ type: 'command', job: ++jobs, command: 'requests', input: { from: 0, to: 0 } });
    expect(await ending(jobs)).toEqual({ type: 'failed', job: jobs, message: 'no trace is open' });
  });

  it('opens text, a packed file and a generated trace, and tells what it found', async () => {
    expect(await open({ kind: 'text', text: 'a\nb\na', name: 'pasted' })).toMatchObject({
      summary: {
        name: 'pasted',
        format: 'keys',
        requests: 3,
        distinct: 2,
        hasTimes: false,
        badLineCount: 0,
        cut: null,
      },
    });
    const log = [7, 9, 8]
      .map((second) => `h - - [10/Oct/2000:13:55:0${second} +0000] "GET /x HTTP/1.0" 200 5\n`)
      .join('');
    const file = new Blob([new Uint8Array(gzipSync(`${log}rubbish\n`))]);
    expect(await open({ kind: 'file', file, name: 'access.log.gz' })).toMatchObject({
      type: 'opened',
      summary: {
        format: 'weblog',
        requests: 3,
        hasTimes: true,
        spanS: 2,
        badLineCount: 1,
        badLines: [{ line: 4, reason: expect.stringContaining('rubbish') }],
        detection: { confidence: 0.75 },
      },
    });
    expect(await open({ kind: 'generated', id: 'loop', requests: 2000, seed: 1 })).toMatchObject({
      summary: { name: 'loop', format: null, requests: 2000, distinct: 100 },
    });
  });

  it('says what is wrong with a file, and keeps the trace that was open', async () => {
    await open({ kind: 'text', text: 'p\nq\n', name: 'good' });
    const job = ++jobs;
    send({
      type: 'open',
      job,
      source: { kind: 'text', text: '1\nx\n', name: 'bad' },
      options: { format: 'lirs', onBadLine: 'stop' },
    });
    expect(await ending(job)).toMatchObject({ type: 'failed', line: 2, message: expect.stringContaining('"x"') });
    send({ type: 'command', job: ++jobs, command: 'requests', input: { from: 0, to: 2 } });
    expect(await ending(jobs)).toMatchObject({ output: { ids: [0, 1], names: ['p', 'q'] } });
    send({ type: 'command', job: ++jobs, command: 'requests', input: { from: 1, to: 3 } });
    expect(await ending(jobs)).toMatchObject({ type: 'failed', message: expect.stringContaining('of the 2') });
  });

  it('replays as the engine does, a part for every row', async () => {
    await open({ kind: 'generated', id: 'zipf', requests: 60_000, seed: 5 });
    const job = ++jobs;
    send({ type: 'command', job, command: 'replay', input: { policies: ['lru', 'fifo'], sizes: [10, 100] } });
    const { output } = (await ending(job)) as Of<'done'>;
    const trace = generateTrace('zipf', 60_000, 5);
    const expected = ['lru', 'fifo'].flatMap((policy) =>
      [10, 100].map((size) => {
        const { hits } = replayTrace(trace, policy, size);
        return {
          policy,
          size,
          requests: 60_000,
          distinct: trace.distinct,
          hits,
          misses: 60_000 - hits,
          hitRatio: hits / 60_000,
        };
      }),
    );
    expect(output).toEqual(expected);
    expect(of(job).flatMap((message) => (message.type === 'part' ? [message.part] : []))).toEqual(expected);
    send({ type: 'command', job: ++jobs, command: 'replay', input: { policies: ['lrx'], sizes: [1] } });
    expect(await ending(jobs)).toMatchObject({ type: 'failed', message: expect.stringContaining('did you mean') });
  });

  it('cancels what it does and what waits, and goes on with the rest', async () => {
    const policies = Array.from({ length: 200 }, () => 'lru');
    const [long, waiting, next] = [++jobs, ++jobs, ++jobs];
    send(
      { type: 'command', job: long, command: 'replay', input: { policies, sizes: [1000] } },
      { type: 'command', job: waiting, command: 'replay', input: { policies, sizes: [1000] } },
      { type: 'command', job: next, command: 'requests', input: { from: 0, to: 1 } },
      { type: 'cancel', job: waiting },
      { type: 'cancel', job: 999 },
    );
    await vi.waitFor(() => expect(of(long).some(({ type }) => type === 'part')).toBe(true), { interval: 1 });
    send({ type: 'cancel', job: long });
    expect((await ending(next)).type).toBe('done');
    expect([of(long).at(-1), of(waiting)]).toEqual([
      { type: 'cancelled', job: long },
      [{ type: 'cancelled', job: waiting }],
    ]);
    expect(of(long).filter(({ type }) => type === 'part').length).toBeLessThan(200);
  });

  it('cancels the reading of a file', async () => {
    const job = ++jobs;
    const file = new Blob(Array.from({ length: 60 }, (_, part) => `${part}\n`.repeat(100_000)));
    send({ type: 'open', job, source: { kind: 'file', file, name: 'long' } });
    await vi.waitFor(() => expect(of(job).length).toBeGreaterThan(0), { interval: 1, timeout: 20_000 });
    send({ type: 'cancel', job });
    expect(await ending(job)).toEqual({ type: 'cancelled', job });
    const [first] = of(job) as Of<'progress'>[];
    expect(first).toMatchObject({ type: 'progress', share: expect.any(Number), badLines: 0 });
    expect(first.share).toBeLessThan(1);
  });
});
