import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStamp, withStamp } from './heardStamp.ts';

const tabs = fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/), fc.nat(), { maxKeys: 6 });

describe('a stamp', () => {
  it('comes off again, and leaves the text readable to whoever knows nothing of it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), tabs, (value, heard) => {
        const text = JSON.stringify(value);
        const stored = withStamp(text, heard);
        expect(readStamp(stored)).toEqual({ text, heard });
        expect(JSON.parse(stored)).toEqual({ heard, ...JSON.parse(text) });
      }),
    );
  });

  it('names the tabs that wrote last', () => {
    const heard = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`t${index}`, index]));
    expect(Object.keys(readStamp(withStamp('{"a":1}', heard)).heard ?? {})).toEqual(Object.keys(heard).slice(-32));
  });

  it.each([
    null,
    '',
    '[]',
    '{"a":1}',
    '{"heard":7}',
    '{"heard":{"a":-1},"b":2}',
    '{"heard":{"a":1',
    '{"heard":{"a":1,},"b":2}',
  ])('is not found in %s', (stored) => expect(readStamp(stored)).toEqual({ text: stored }));
});
