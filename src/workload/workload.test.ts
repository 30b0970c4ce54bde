import { describe, expect, it } from 'vitest';
import { Simulation } from '../kernel/Simulation.ts';
import { scenarioSchema, type Workload } from '../scenario/schema.ts';
import { Arrivals } from './Arrivals.ts';
import { ClosedUsers } from './ClosedUsers.ts';
import { KeySource } from './KeySource.ts';

function workload(written: object): Workload {
  return scenarioSchema.parse({ scenario: 1, id: 'w', title: 'w', traffic: { w: written } }).traffic.w;
}

/** Times at which an open workload's requests arrive, with what is done to it on the way. */
function arrivals(
  written: object,
  untilUs: number,
  seed = 1,
  act: (arrivals: Arrivals, settings: Workload, simulation: Simulation) => void = () => {},
) {
  const simulation = new Simulation();
  const times: number[] = [];
  const settings = workload(written);
  const source = new Arrivals(simulation, seed, 'w', settings, () => times.push(simulation.nowUs));
  source.begin();
  simulation.at(untilUs / 2, { fire: () => act(source, settings, simulation) });
  simulation.run(untilUs);
  return times;
}

describe('Arrivals', () => {
  it('come like a metronome when constant, without drift at rates that do not divide a second', () => {
    expect(arrivals({ arrivals: 'constant', rate: '100/s' }, 50_001)).toEqual([10_000, 20_000, 30_000, 40_000, 50_000]);
    expect(
      Math.abs(arrivals({ arrivals: 'constant', rate: '150000/s' }, 1_000_000).length - 150_000),
    ).toBeLessThanOrEqual(1);
  });

  it('are Poisson: as many as the rate says, as scattered as a Poisson count is, and gaps without memory', () => {
    const times = arrivals({ rate: '1000/s' }, 60_000_000);
    // The count of 60 s has mean 60,000 and standard deviation √60,000 = 245.
    expect(Math.abs(times.length - 60_000)).toBeLessThan(5 * 245);
    const counts = new Float64Array(600);
    for (const time of times) counts[Math.floor(time / 100_000)]++;
    const mean = times.length / 600;
    const dispersion = counts.reduce((sum, count) => sum + (count - mean) * (count - mean), 0) / 599 / mean;
    // The index of dispersion of 600 Poisson counts has standard deviation √(2/599).
    expect(Math.abs(dispersion - 1)).toBeLessThan(5 * Math.sqrt(2 / 599));
    const long = times.filter((time, index) => index > 0 && time - times[index - 1] > 1000).length / times.length;
    expect(Math.abs(long - Math.exp(-1))).toBeLessThan(5 * Math.sqrt(0.2325 / times.length) + 0.0005);
  });

  it('keep their rate when it is so high that gaps round to a few microseconds', () => {
    const count = arrivals({ rate: '200000/s' }, 2_000_000).length;
    expect(Math.abs(count - 400_000)).toBeLessThan(5 * Math.sqrt(400_000));
  });

  it('switch between two rates when bursty', () => {
    const times = arrivals(
      { arrivals: 'bursty', rate: '100/s', burstFactor: 20, burstOn: '100ms', burstOff: '300ms' },
      400_000_000,
    );
    // On a quarter of the time at 2,000/s, else 100/s: 575/s. On and off spans alternate 1,000 times; the count of one
    // cycle has a standard deviation of about 200 by the spans alone.
    expect(Math.abs(times.length - 230_000)).toBeLessThan(5 * 220 * Math.sqrt(1000));
    const counts = new Float64Array(8000);
    for (const time of times) counts[Math.floor(time / 50_000)]++;
    expect(counts.filter((count) => count > 60).length).toBeGreaterThan(500);
    expect(counts.filter((count) => count < 15).length).toBeGreaterThan(3000);
  });

  it('begin and end when they should, and not at all when the end comes first', () => {
    const times = arrivals({ arrivals: 'constant', rate: '1000/s', from: '20ms', until: '30ms' }, 100_000);
    expect([times.length, times[0], times.at(-1)]).toEqual([9, 21_000, 29_000]);
    expect(arrivals({ rate: '1000/s', from: '20ms', until: '20ms' }, 100_000)).toEqual([]);
    expect(arrivals({ rate: '1000/s', from: '20ms', until: '10ms' }, 100_000)).toEqual([]);
    expect(arrivals({ rate: '0/s' }, 1_000_000)).toEqual([]);
  });

  it('follow a changed rate at once, with the same luck', () => {
    const faster = (source: Arrivals, settings: Workload) => {
      settings.rate = 200;
      source.retime();
    };
    const times = arrivals({ arrivals: 'constant', rate: '20/s' }, 250_000, 1, faster);
    // Half of a gap of 50 ms has passed at 125 ms; the other half takes 2.5 ms at the new rate.
    expect(times.slice(0, 5)).toEqual([50_000, 100_000, 127_500, 132_500, 137_500]);
    const double = (source: Arrivals) => source.boost(2);
    const [plain, boosted] = [
      arrivals({ rate: '500/s' }, 4_000_000),
      arrivals({ rate: '500/s' }, 4_000_000, 1, double),
    ];
    const before = plain.filter((time) => time < 2_000_000).length;
    expect(boosted.slice(0, before)).toEqual(plain.slice(0, before));
    for (let index = before; index < before + 500; index++) {
      expect(Math.abs(boosted[index] - 2_000_000 - (plain[index] - 2_000_000) / 2)).toBeLessThan(2);
    }
  });

  it('do not move by a microsecond when something else is set, however often', () => {
    const plain = arrivals({ rate: '777/s' }, 2_000_000);
    const retimed = arrivals({ rate: '777/s' }, 2_000_000, 1, (source, _settings, simulation) => {
      for (let time = 0; time < 1000; time++) simulation.after(time * 997, { fire: () => source.retime() });
    });
    expect(retimed).toEqual(plain);
  });

  it('have bursts that lie at the same times whatever the rate', () => {
    const bursty = (rate: string) =>
      arrivals({ arrivals: 'bursty', rate, burstFactor: 1000, burstOn: '20ms', burstOff: '200ms' }, 5_000_000);
    const busy = (times: number[]) => new Set(times.map((time) => Math.floor(time / 20_000)));
    const [slow, fast] = [busy(bursty('5/s')), busy(bursty('6/s'))];
    const both = [...slow].filter((slot) => fast.has(slot)).length;
    expect(slow.size).toBeGreaterThan(20);
    expect(both / slow.size).toBeGreaterThan(0.7);
  });
});

describe('ClosedUsers', () => {
  it('ask, wait for the answer, think, and ask again', () => {
    const simulation = new Simulation();
    const settings = workload({ arrivals: 'closed', users: 3, think: '10ms', until: '500ms' });
    const asked: { user: number; atUs: number }[] = [];
    const waiting = new Set<number>();
    const users: ClosedUsers = new ClosedUsers(simulation, 1, 'w', settings, (user) => {
      expect(waiting.has(user)).toBe(false);
      waiting.add(user);
      asked.push({ user, atUs: simulation.nowUs });
      simulation.after(5000, {
        fire: () => {
          waiting.delete(user);
          users.answered(user);
        },
      });
    });
    users.begin();
    simulation.run(10_000_000);
    expect(new Set(asked.map(({ user }) => user)).size).toBe(3);
    expect(asked.every(({ atUs }) => atUs < 500_000)).toBe(true);
    // A turn takes 5 ms and an exponential of mean 10 ms: 100 turns in 500 ms of three users, standard deviation about 7.
    expect(Math.abs(asked.length - 100)).toBeLessThan(35);
  });

  it('of two workloads think independently, and of one name alike', () => {
    const first = (name: string) => {
      const simulation = new Simulation();
      const times: number[] = [];
      new ClosedUsers(simulation, 1, name, workload({ arrivals: 'closed', users: 5 }), () =>
        times.push(simulation.nowUs),
      ).begin();
      simulation.run(60_000_000);
      return times;
    };
    expect(first('a')).toEqual(first('a'));
    expect(first('a')).not.toEqual(first('b'));
  });
});

describe('KeySource', () => {
  const keysOf = (written: object, count: number, firstMissing = 1000): number[] => {
    const source = new KeySource(1, 'w', workload(written), firstMissing);
    return Array.from({ length: count }, (_, index) => source.nextKey(index * 1000, false));
  };
  const shareOf = (keys: number[], wanted: (key: number) => boolean) => keys.filter(wanted).length / keys.length;
  const within = (found: number, share: number, count: number) =>
    expect(Math.abs(found - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / count));

  it('picks by Zipf, evenly, one after another, or one key for a share', () => {
    const zipf = keysOf({ keys: 'zipf', count: 4, exponent: 1 }, 20_000);
    // 1, 1/2, 1/3, 1/4 of 25/12.
    [12 / 25, 6 / 25, 4 / 25, 3 / 25].forEach((share, key) =>
      within(
        shareOf(zipf, (found) => found === key),
        share,
        20_000,
      ),
    );
    const uniform = keysOf({ keys: 'uniform', count: 4 }, 20_000);
    for (let key = 0; key < 4; key++)
      within(
        shareOf(uniform, (found) => found === key),
        0.25,
        20_000,
      );
    expect(keysOf({ keys: 'scan', count: 3 }, 7)).toEqual([0, 1, 2, 0, 1, 2, 0]);
    const hot = keysOf({ keys: 'hot', count: 50, hotShare: '70%' }, 20_000);
    within(
      shareOf(hot, (key) => key === 0),
      0.7,
      20_000,
    );
    expect(Math.max(...hot)).toBe(49);
    expect(new Set(keysOf({ keys: 'hot', count: 1 }, 100))).toEqual(new Set([0]));
  });

  it('moves its favourites when they shift', () => {
    const keys = keysOf({ keys: 'shifting', count: 100, exponent: 3, shiftEvery: '10s', shiftBy: 30 }, 40_000);
    for (let phase = 0; phase < 4; phase++) {
      const part = keys.slice(phase * 10_000, (phase + 1) * 10_000);
      // Rank 1 of 100 at exponent 3 has a share of 1/1.202.
      within(
        shareOf(part, (key) => key === phase * 30),
        0.832,
        10_000,
      );
    }
  });

  it('asks for ids without a row as often as told, never to write them', () => {
    const source = new KeySource(1, 'w', workload({ missing: '20%', writes: '30%', count: 1000 }), 1000);
    let [missing, writes] = [0, 0];
    for (let index = 0; index < 20_000; index++) {
      const write = source.nextWrites();
      const key = source.nextKey(0, write);
      if (write) {
        writes++;
        expect(key).toBeLessThan(1000);
      } else if (key >= 1000) missing++;
    }
    within(writes / 20_000, 0.3, 20_000);
    within(missing / (20_000 - writes), 0.2, 20_000 - writes);
  });

  it('draws alike whatever the settings: the same keys with and without writes, missing ids and a turned knob', () => {
    const sequence = (written: object, turn: (settings: Workload) => void = () => {}) => {
      const settings = workload(written);
      const source = new KeySource(1, 'w', settings, 1000);
      return Array.from({ length: 2000 }, (_, index) => {
        if (index === 1000) turn(settings);
        return source.nextKey(0, source.nextWrites());
      });
    };
    const plain = sequence({ count: 500 });
    expect(sequence({ count: 500, writes: '40%' })).toEqual(plain);
    const holes = sequence({ count: 500, missing: '30%' });
    holes.forEach((key, index) => expect(key >= 1000 || key === plain[index]).toBe(true));
    const turned = sequence({ count: 500 }, (settings) => (settings.keys = 'uniform'));
    expect(turned.slice(0, 1000)).toEqual(plain.slice(0, 1000));
  });
});
