import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allPolicies, generatorIds } from '../../../../src/lab.ts';
import { openingAddress, readAddress, requestLimits, sampleRates, writeAddress } from './address.ts';

const addresses = fc.record({
  generated: fc.record({
    id: fc.constantFrom(...generatorIds),
    requests: fc.integer({ min: requestLimits.least, max: requestLimits.most }),
    seed: fc.nat(),
  }),
  policies: fc.subarray(
    allPolicies.map(({ id }) => id),
    { minLength: 1 },
  ),
  scale: fc.constantFrom('log' as const, 'linear' as const),
  sampleRate: fc.option(fc.constantFrom(...sampleRates)),
  at: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
});

describe('the address of the curves', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        expect(readAddress(writeAddress(address))).toEqual({ address, problems: [] });
      }),
    );
  });

  it('is the opening picture where it is empty', () => {
    expect(readAddress('')).toEqual({ address: openingAddress(), problems: [] });
  });

  it.each([
    ['p=lru,arcc', 'arcc', ['lru']],
    ['p=nothing', 'no policy', openingAddress().policies],
  ])('%s keeps what can be used and says what cannot', (query, said, policies) => {
    const { address, problems } = readAddress(query);
    expect(problems.join(' ')).toContain(said);
    expect(address.policies).toEqual(policies);
  });

  it.each(['trace=zipff', 'n=5', 'n=99999999999', 'seed=x', 'x=cubic', 'sample=0.5', 'at=0', 'who=me'])(
    '%s is one problem, and everything else stays',
    (query) => {
      const { address, problems } = readAddress(query);
      expect(problems).toHaveLength(1);
      expect(address).toEqual(openingAddress());
    },
  );

  it('says that a file of one’s own is not in the link, and shows the usual trace', () => {
    const { address, problems } = readAddress(writeAddress({ ...openingAddress(), generated: null }));
    expect(problems).toEqual([expect.stringContaining('never leaves')]);
    expect(address.generated).toEqual(openingAddress().generated);
  });

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.string(), (text) => readAddress(text).problems.length >= 0));
  });
});
