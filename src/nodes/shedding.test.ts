import { describe, expect, it } from 'vitest';
import { type Changes, quietRun } from '../host/quietRun.ts';
import { OUTCOME } from '../spans/codes.ts';

/** Two workers for twice what they can do. */
const overrun = (shed: string, clients: Changes['clients'] = {}): Changes => ({
  duration: '5s',
  traffic: { readers: { rate: '400/s', count: 10, until: '4s' } },
  clients,
  app: { workers: 2, cpu: '10ms' },
  protect: { shed },
});

describe('shedding', () => {
  it('refuses, when its turn comes, whoever has waited longer, and works for all others', () => {
    const { of, total } = quietRun(overrun('100ms'));
    const requests = of('request.read');
    const late = requests.filter(({ service, arrive }) => service - arrive > 100_000);
    expect(late.length).toBe(total('requests.shed'));
    expect(late.length).toBeGreaterThan(400);
    expect(total('requests.rejected')).toBe(late.length);
    expect(late.every(({ outcome, service, end }) => outcome === OUTCOME.rejected && service === end)).toBe(true);
    const served = requests.filter(({ outcome }) => outcome < OUTCOME.timeout);
    expect(served.length + late.length).toBe(requests.length);
    expect(of('shed').map(({ parent }) => parent)).toEqual(late.map(({ id }) => id));
    // No time goes into what is thrown away: the workers do all that they can.
    expect(Math.abs(served.length - 800)).toBeLessThan(30);
  });

  it('keeps answers useful where clients give up: without it the line is full of those who have left', () => {
    const goodput = (shed: string) => quietRun(overrun(shed, { timeout: '120ms' })).total('requests.completed');
    expect(goodput('100ms')).toBeGreaterThan(700);
    expect(goodput('none')).toBeLessThan(120);
  });

  it('clears a line of any length without running out of stack', () => {
    const { total } = quietRun({
      duration: '3s',
      traffic: { readers: { rate: '20000/s', count: 1, until: '1s' } },
      app: { workers: 1, cpu: '1s' },
      protect: { shed: '1ms' },
    });
    expect(total('requests.shed')).toBeGreaterThan(15_000);
  });
});
