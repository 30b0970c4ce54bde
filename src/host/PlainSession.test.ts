import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { features } from '../scenario/features.ts';
import { actNeedsFeatures, needsFeatures } from '../scenario/needsFeatures.ts';
import { type Action, type Scenario, scenarioSchema } from '../scenario/schema.ts';
import { listSettings } from '../scenario/settings.ts';
import { goldenScenarios } from './goldenScenarios.ts';
import { PlainSession } from './PlainSession.ts';
import type { Batch } from './protocol.ts';
import { randomScenario } from './randomScenario.ts';
import { Session } from './Session.ts';

/** What came out, from the rows to the totals. */
const outcomeOf = ({ hash, totals, latency }: Batch): object => ({ hash, totals: [...totals], latency });

/** Runs a session to its end, with acts done when their time has come. */
function runActing(session: PlainSession, actions: readonly Action[]): Batch {
  for (const action of actions) {
    session.advance(action.at);
    if (actNeedsFeatures(action)) session.learn(features);
    session.act(action);
  }
  session.advance(session.durationUs);
  return session.take(true);
}

const valueIn = (scenario: Scenario, parts: readonly string[]): unknown =>
  parts.reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], scenario);

/** Random runs made plain: whatever needs more than the plain engine stands at its default. */
function plainRuns(seed: number, count: number): Scenario[] {
  return Array.from({ length: count }, (_, number) => {
    const { scenario } = randomScenario(seed, number);
    const traffic = Object.fromEntries(Object.keys(scenario.traffic).map((name) => [name, {}]));
    const usual = scenarioSchema.parse({ scenario: 1, id: 't', title: 'T', traffic });
    const made = { ...structuredClone(scenario), faults: scenario.faults.filter((act) => !actNeedsFeatures(act)) };
    for (const { path } of listSettings(made)) {
      const parts = path.split('.');
      const set = { at: 0, do: 'set', path, value: valueIn(made, parts) } as Action;
      const place = valueIn(made, parts.slice(0, -1)) as Record<string, unknown>;
      if (actNeedsFeatures(set)) place[parts.at(-1) as string] = valueIn(usual, parts);
    }
    return made;
  });
}

/** Turns every knob of `scenario` that does not stand where `other` has it and that concerns more than the plain engine. */
function turnsTo(other: Scenario, scenario: Scenario, atUs: number): Action[] {
  const [name] = Object.keys(other.traffic);
  return listSettings(scenario).flatMap(({ path }) => {
    const parts = path.split('.');
    const isTurned =
      /^(pattern|protect|bloom|invalidation|writeBehind)\./.test(path) ||
      /\.(reader|writer|stock|pageKeys|batch|eviction)$/.test(path);
    if (!isTurned) return [];
    const value = valueIn(other, parts[0] === 'traffic' ? ['traffic', name, parts[2]] : parts) as
      | string
      | number
      | boolean;
    return value === valueIn(scenario, parts) ? [] : [{ at: atUs, do: 'set', path, value } satisfies Action];
  });
}

describe('the plain engine', () => {
  it('finds the pinned hashes of what needs no more', () => {
    const file = readFileSync(new URL('golden.json', import.meta.url), 'utf8');
    const { results } = JSON.parse(file) as { results: Record<string, { hash: string }> };
    const plain = [...goldenScenarios].filter(([, scenario]) => !needsFeatures(scenario, []));
    expect(plain.length).toBeGreaterThan(15);
    for (const [name, scenario] of plain)
      expect(runActing(new PlainSession(scenario, []), []).hash, name).toBe(results[name].hash);
  });

  it('finds what the whole engine finds, in random runs that need no more', () => {
    const seen = new Set<unknown>();
    for (const [number, scenario] of plainRuns(11, 100).entries()) {
      expect(needsFeatures(scenario, [])).toBe(false);
      seen.add(scenario.pattern.write).add(scenario.invalidation.onWrite).add(scenario.pattern.read);
      const whole = runActing(new Session(scenario, []), []);
      expect(outcomeOf(runActing(new PlainSession(scenario, []), [])), `run ${number}`).toEqual(outcomeOf(whole));
    }
    expect([...seen].map(String).sort((a, b) => (a < b ? -1 : 1))).toEqual([
      'cache-aside',
      'delete',
      'none',
      'write-around',
    ]);
  });

  it('evicts by any policy from the act on that asks for it, in the shared cache and in the servers', () => {
    const scenario = scenarioSchema.parse({
      scenario: 1,
      id: 't',
      title: 'T',
      duration: '4s',
      traffic: { readers: { rate: '500/s', count: 200 } },
      cache: { capacity: 20 },
      local: { enabled: true, capacity: 5 },
    });
    const hashes = [scenario.cache.eviction, 'redis-allkeys-lfu', 'redis-volatile-ttl', 'redis-noeviction'].map(
      (id) => {
        const acts = ['cache', 'local'].map(
          (name): Action => ({ at: 2e6, do: 'set', path: `${name}.eviction`, value: id }),
        );
        const session = new PlainSession(scenario, []);
        const { hash } = runActing(session, acts);
        expect(session.world.features === null).toBe(id === 'lru');
        expect(hash).toBe(runActing(new Session(scenario, []), acts).hash);
        return hash;
      },
    );
    expect(new Set(hashes).size).toBe(4);
  });

  it('can be given everything half way, and goes on as if it had had it from the start', () => {
    let learned = 0;
    let differed = 0;
    for (const [number, scenario] of plainRuns(12, 100).entries()) {
      const half = Math.floor(scenario.duration / 2);
      // A row that comes to be before the filter of all rows does.
      const write: Action = { at: Math.floor(half / 2), do: 'ask', write: true, key: 50_000 };
      const actions = [write, ...turnsTo(randomScenario(13, number).scenario, scenario, half)];
      const session = new PlainSession(scenario, []);
      const acted = runActing(session, actions);
      expect(outcomeOf(acted), `run ${number}`).toEqual(outcomeOf(runActing(new Session(scenario, []), actions)));
      if (session.world.features === null) continue;
      learned++;
      if (acted.hash !== runActing(new Session(scenario, []), [write]).hash) differed++;
    }
    expect([learned > 50, differed > 25]).toEqual([true, true]);
  });
});
