import { deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { murmur3Bytes } from '../../src/reading.ts';
import { describe, expect, it } from 'vitest';
import { decodeLink, encodeLink, linkLimits, type SharedMoment } from './link.ts';

const moment: SharedMoment = {
  scenario: 'thundering-herd',
  patch: { 'cache.ttl': '5s', 'app.workers': 12, 'local.enabled': true },
  seed: 7,
  actions: [
    { at: '1234us', do: 'flush' },
    { at: '2s', do: 'set', path: 'cache.jitter', value: '1s' },
    { at: '3s', do: 'kill', node: 'redis', for: '1s' },
  ],
  atUs: 4_500_000,
  speed: 0.25,
  compare: null,
  request: 17,
  engine: '0.1.0',
};
const inline = { scenario: 1 as const, id: 'mine', title: 'Größe 𝕏', traffic: { readers: { rate: '7/s' } } };

/** A link by another hand: Node's own deflate, and whatever content. */
function forge(content: unknown, version = 1): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return sealed(deflateRawSync(Buffer.from(text)), version);
}

function sealed(packed: Buffer, version = 1): string {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(murmur3Bytes(packed, 1) >>> 0);
  return Buffer.concat([Buffer.of(version), sum, packed]).toString('base64url');
}

async function explained(link: string): Promise<string> {
  const result = await decodeLink(link);
  return 'error' in result ? result.error : 'opened';
}

describe('a share link', () => {
  it('brings the whole moment back', async () => {
    for (const shared of [moment, { ...moment, inline }, { ...moment, compare: { 'cache.ttl': 'none' } }]) {
      const link = await encodeLink(shared);
      expect(link).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(await decodeLink(link)).toEqual({ ok: shared });
      expect(await decodeLink(` #${link}\n`)).toEqual({ ok: shared });
    }
  });

  it('is read from any packer, and packs so that any can read it', async () => {
    expect(await decodeLink(forge(moment))).toEqual({ ok: moment });
    const bytes = Buffer.from(await encodeLink(moment), 'base64url');
    expect(bytes[0]).toBe(1);
    const { inflateRawSync } = await import('node:zlib');
    expect(JSON.parse(inflateRawSync(bytes.subarray(5)).toString())).toEqual(moment);
  });

  it('does not depend on the order in which a moment was put together', async () => {
    const reversed = Object.fromEntries(
      Object.entries({ ...moment, patch: Object.fromEntries(Object.entries(moment.patch).reverse()) }).reverse(),
    );
    expect(await encodeLink(reversed as unknown as SharedMoment)).toBe(await encodeLink(moment));
  });

  it('brings back any moment that fits', async () => {
    const patch = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,10}\.[a-z]{1,10}$/),
      fc.oneof(fc.string({ maxLength: 60 }), fc.integer(), fc.boolean()),
      { maxKeys: 8 },
    );
    const moments = fc.record(
      {
        scenario: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,59}$/),
        patch,
        seed: fc.integer({ min: 0, max: 4_294_967_295 }),
        actions: fc.array(
          fc.record({
            at: fc.nat().map((us) => `${us}us`),
            do: fc.constant('expire' as const),
            key: fc.integer({ min: 0, max: 4_000_000 }),
          }),
          { maxLength: 50 },
        ),
        atUs: fc.integer({ min: 0, max: 31_536_000_000_000 }),
        speed: fc.constantFrom(0.0001, 1, 1000),
        compare: fc.option(patch),
        request: fc.nat(),
        requestLane: fc.constant(1 as const),
        editing: fc.constant(1 as const),
        tab: fc.constantFrom('staleness', 'theory', 'compare'),
        engine: fc.string({ maxLength: 40 }),
      },
      { requiredKeys: ['scenario', 'patch', 'actions', 'atUs', 'engine'] },
    );
    await fc.assert(
      fc.asyncProperty(moments, async (shared) => {
        expect(await decodeLink(await encodeLink(shared))).toEqual({ ok: shared });
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('that would be too long is not made', async () => {
    const actions = Array.from({ length: 5000 }, (_, index) => ({
      at: `${index * 7919}us`,
      do: 'expire' as const,
      key: (index * 104_729) % 3_999_971,
    }));
    await expect(encodeLink({ ...moment, actions })).rejects.toThrow(RangeError);
  });
});

describe('a link that cannot be opened', () => {
  it.each<[string, () => string, RegExp]>([
    ['empty', () => '', /is empty.*Copy the whole address/],
    ['of a newer version', () => forge(moment, 2), /newer Hotpath \(link format 2; this one reads 1\)\. Reload/],
    ['of no version', () => forge(moment, 0), /broken: its beginning/],
    ['too long', () => 'A'.repeat(linkLimits.packedCharacters + 1), /broken: it has 8193 characters/],
    ['with a strange character', () => `${forge(moment).slice(0, 9)}%20`, /broken: character 10 \("%"\)/],
    ['cut off', () => forge(moment).slice(0, 100), /broken: .*end is missing/],
    ['that is no JSON', () => forge('{"scenario":'), /broken: what it holds is not whole/],
    ['that is no text', () => sealed(deflateRawSync(Buffer.of(0xff, 0xfe))), /broken: some of its characters/],
    ['that holds nothing', () => forge('null'), /broken: what it holds cannot be read/],
    ['without a scenario', () => forge({ ...moment, scenario: undefined }), /broken: its "scenario" cannot be read/],
    [
      'with an unknown part',
      () => forge({ ...moment, theme: 'dark' }),
      /broken: it holds "theme", which this Hotpath does not know; a newer one may/,
    ],
    [
      'with an unknown act',
      () => forge({ ...moment, actions: [{ at: '1s', do: 'explode' }] }),
      /broken: its "actions\.0\.do" cannot be read \(expected/,
    ],
    [
      'with a number without end',
      () => forge(JSON.stringify(moment).replace('4500000', '1e999')),
      /broken: it holds a number without end/,
    ],
    ['with a time in fractions', () => forge({ ...moment, atUs: 0.5 }), /broken: its "atUs" cannot be read/],
    [
      'with a broken scenario inside',
      () => forge({ ...moment, inline: { ...inline, cashe: {} } }),
      /in its scenario, cashe: found the unknown name "cashe".*did you mean cache\?/,
    ],
    [
      'with a name that pollutes',
      () => forge(JSON.stringify(moment).replace('"cache.ttl"', '"__proto__"')),
      /broken: it uses the name "__proto__"/,
    ],
    [
      'with one that pollutes further in',
      () => forge(`{"inline":{"a":{"constructor":{"prototype":{"polluted":1}}}},${JSON.stringify(moment).slice(1)}`),
      /broken: it uses the name/,
    ],
    ['nested deep', () => forge(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), /broken: what it holds/],
  ])('%s is explained', async (_name, link, words) => {
    expect(await explained(link())).toMatch(words);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('because it unfolds to far too much is stopped on the way', async () => {
    const bomb = forge('0'.repeat(5_000_000));
    expect(bomb.length).toBeLessThan(linkLimits.packedCharacters);
    expect(await explained(bomb)).toMatch(/broken: it unfolds to more than any link may hold/);
    const atLimit = (length: number) => forge(' '.repeat(length - 4) + 'null');
    expect(await explained(atLimit(linkLimits.unpackedBytes))).toMatch(/what it holds cannot be read/);
    expect(await explained(atLimit(linkLimits.unpackedBytes + 1))).toMatch(/unfolds to more/);
  });

  it('after any of 1,000 mutations is opened or explained, and nothing is polluted', async () => {
    const ownNames = Object.getOwnPropertyNames(Object.prototype);
    const whole = await encodeLink({ ...moment, inline });
    const json = JSON.stringify({ ...moment, inline });
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_ %=+/#\u0000é';
    const names = [
      '"__proto__":{"polluted":1},',
      '"constructor":{"prototype":{"polluted":1}},',
      '"patch":1,',
      '[',
      '}',
      '1e999',
      'null',
      '\\ud800',
    ];
    // Lehmer's generator (Park & Miller, CACM 31(10), 1988).
    let state = 20_260_103;
    const pick = (below: number): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    const mutate = (text: string, put: readonly string[]): string => {
      const at = pick(text.length);
      const kind = pick(4);
      if (kind === 0) return text.slice(0, at);
      if (kind === 1) return text.slice(0, at) + text.slice(at + 1 + pick(5));
      return text.slice(0, at) + put[pick(put.length)] + text.slice(at + (kind === 2 ? 1 : 0));
    };
    const verdicts = { opened: 0, explained: 0 };
    for (let run = 0; run < 1000; run++) {
      const link =
        run % 2 === 0 ? mutate(whole, Array.from(alphabet)) : forge(mutate(json, [...names, ...Array.from(alphabet)]));
      const result = await decodeLink(link);
      if ('ok' in result) {
        verdicts.opened++;
        expect(await decodeLink(await encodeLink(result.ok))).toEqual(result);
      } else {
        verdicts.explained++;
        expect(result.error).toMatch(/^(This link|The link) .*(Copy|Reload)/s);
      }
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(ownNames);
    expect(verdicts.opened).toBeGreaterThan(5);
    expect(verdicts.explained).toBeGreaterThan(500);
  });
});
