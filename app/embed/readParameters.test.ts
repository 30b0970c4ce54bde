import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parameterNames, parameters, parameterSchema } from './parameters.ts';
import { readParameters, writeParameters } from './readParameters.ts';

describe('the address of an embed', () => {
  it('takes exactly one unit, public settings from the query and the state from the hash', () => {
    const { values, unit, packed, bad, unknown } = readParameters(
      '?sim=home&seed=1107&theme=dark&panels=charts,code&preset=cache.ttl:30s&lock=1&at=10:59:00',
      '#s=abc',
    );
    expect(unit).toEqual({ kind: 'sim', id: 'home' });
    expect(values).toMatchObject({ seed: 1107, theme: 'dark', panels: ['charts', 'code'], lock: true, at: '10:59:00' });
    expect(values.preset).toEqual([['cache.ttl', '30s']]);
    expect([packed, bad, unknown]).toEqual(['abc', [], []]);
  });

  it('shows nothing for none, and says so for two', () => {
    expect(readParameters('').unit).toBeNull();
    const two = readParameters('?sim=home&lesson=why-a-cache');
    expect(two.unit).toBeNull();
    expect(two.bad).toHaveLength(1);
  });

  it('puts a default in the place of a bad value and tells of it; an unknown name is only noted', () => {
    const { values, bad, unknown } = readParameters('?sim=home&theme=pink&speed=9e9&autoplay=yes&theem=dark&fetch=x');
    expect(values).toMatchObject({ theme: 'auto', speed: undefined, autoplay: false });
    expect(bad.map(({ name }) => name).sort()).toEqual(['autoplay', 'speed', 'theme']);
    expect(bad.find(({ name }) => name === 'theme')?.message).toContain('auto is used');
    expect(unknown).toEqual(['theem']);
  });

  it('never throws, and never lets anything through that the schema does not know', () => {
    fc.assert(
      fc.property(fc.constantFrom(...parameterNames), fc.string({ unit: 'grapheme', maxLength: 200 }), (name, text) => {
        const query = `?sim=home&${encodeURIComponent(name)}=${encodeURIComponent(text)}`;
        const { values, bad } = readParameters(query);
        expect(parameterNames).toEqual(expect.arrayContaining(Object.keys(values)));
        if (bad.length > 0) expect(bad[0].message.length).toBeLessThan(400);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the table of parameters', () => {
  it('names what the schema reads, in lower-case words', () => {
    expect(Object.keys(parameterSchema.shape).sort()).toEqual([...parameterNames].sort());
    for (const name of parameterNames) expect(name).toMatch(/^[a-z]+$/);
  });

  it.each(parameterNames)('%s: the default and every choice can be read', (name) => {
    const { default: standIn, choices = [] } = parameters[name];
    for (const text of [...choices, ...(standIn === undefined ? [] : [standIn])])
      expect(readParameters(`?${name}=${encodeURIComponent(text)}`).bad).toEqual([]);
    const without = readParameters('').values[name];
    if (standIn !== undefined) expect(readParameters(`?${name}=${standIn}`).values[name]).toEqual(without);
  });

  it('writes addresses that read as they were meant', () => {
    const query = writeParameters({ sim: 'home', theme: 'dark', panels: 'charts,code', load: 'lazy', at: '10:59:00' });
    expect(query).toBe('sim=home&at=10:59:00&panels=charts,code&theme=dark');
    expect(readParameters(`?${query}`).values).toMatchObject({
      sim: 'home',
      theme: 'dark',
      panels: ['charts', 'code'],
    });
  });
});
