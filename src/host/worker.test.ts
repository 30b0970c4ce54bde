import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Action, type Scenario, scenarioSchema, type ScenarioInput } from '../scenario/schema.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { Session } from './Session.ts';

const scenarioOf = (settings: Partial<ScenarioInput> = {}): Scenario =>
  scenarioSchema.parse({
    scenario: 1,
    id: 't',
    title: 'T',
    duration: '2s',
    traffic: { readers: { rate: '200/s', count: 20, writes: '10%' } },
    ...settings,
  });

const hashOf = (scenario: Scenario, actions: readonly Action[]): string => {
  const session = new Session(scenario, actions);
  session.advance(scenario.duration);
  return session.take(true).hash;
};

describe('the worker', () => {
  const posted: FromWorker[] = [];
  const self: { postMessage(message: FromWorker): void; onmessage?: (event: { data: ToWorker }) => void } = {
    postMessage: (message) => posted.push(message),
  };
  const send = (...messages: ToWorker[]) => messages.forEach((data) => self.onmessage?.({ data }));
  const typesOf = (run: number) =>
    posted.flatMap((message) => ('run' in message && message.run === run ? [message.type] : []));
  const lastHash = async (run: number) =>
    vi.waitFor(() => {
      const batches = posted.flatMap((one) => (one.type === 'batch' && one.run === run && !one.more ? [one] : []));
      const hash = batches.at(-1)?.batch.hash ?? '';
      expect(hash).not.toBe('');
      return hash;
    });

  beforeAll(async () => {
    vi.stubGlobal('self', self);
    vi.resetModules();
    await import('./worker.ts');
  });
  afterAll(() => {
    vi.unstubAllGlobals();
    vi.doUnmock('../scenario/features.ts');
    vi.resetModules();
  });

  const untilUs = 2_000_000;
  const turn: Action = { at: 1_000_000, do: 'set', path: 'protect.singleFlight', value: true };

  it('runs what is plain at once, and fetches the rest when an act needs it, keeping the order of all messages', async () => {
    const plain = scenarioOf();
    expect(posted).toEqual([{ type: 'ready' }]);
    send({ type: 'open', run: 1, scenario: plain, actions: [] }, { type: 'advance', run: 1, untilUs: 1_000_000 });
    expect(typesOf(1)).toEqual(['opened', 'batch']);
    expect(posted).not.toContainEqual({ type: 'fetching' });

    send(
      { type: 'act', run: 1, action: turn },
      { type: 'advance', run: 1, untilUs, withHash: true },
      { type: 'open', run: 2, scenario: plain, actions: [] },
      { type: 'advance', run: 2, untilUs, withHash: true },
      { type: 'open', run: 3, scenario: plain, actions: [] },
      { type: 'close', run: 3 },
      { type: 'advance', run: 3, untilUs },
    );
    // Nothing overtakes what waits.
    expect([posted.at(-1), typesOf(2)]).toEqual([{ type: 'fetching' }, []]);
    expect([await lastHash(1), await lastHash(2)]).toEqual([hashOf(plain, [turn]), hashOf(plain, [])]);
    expect(typesOf(3)).toEqual(['opened']);
    expect(hashOf(plain, [turn])).not.toBe(hashOf(plain, []));
  });

  it('has everything from then on', async () => {
    const guarded = scenarioOf({ protect: { lock: true }, pattern: { write: 'write-behind' } });
    send(
      { type: 'open', run: 4, scenario: guarded, actions: [] },
      { type: 'advance', run: 4, untilUs, withHash: true },
    );
    expect(typesOf(4)[0]).toBe('opened');
    expect(await lastHash(4)).toBe(hashOf(guarded, []));
    expect(posted.filter(({ type }) => type === 'fetching')).toHaveLength(1);
  });

  it('says which run cannot go on when the rest cannot be had, and goes on with the others', async () => {
    vi.resetModules();
    vi.doMock('../scenario/features.ts', () => {
      throw new Error('offline');
    });
    posted.length = 0;
    await import('./worker.ts');
    send(
      { type: 'open', run: 5, scenario: scenarioOf(), actions: [turn] },
      { type: 'open', run: 6, scenario: scenarioOf(), actions: [] },
      { type: 'advance', run: 6, untilUs, withHash: true },
    );
    expect(await lastHash(6)).toBe(hashOf(scenarioOf(), []));
    expect(typesOf(5)).toEqual(['failed']);
  });
});
