import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandSchemas, readCommand } from './messages.ts';
import { checkPlain, messageLimits } from './plainMessage.ts';
import { RateCap } from './RateCap.ts';
import { Refusal } from './Refusal.ts';

function codeOf(message: unknown): string {
  try {
    checkPlain(message);
    readCommand(message);
    return 'ok';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.message.length).toBeGreaterThan(10);
    return error.code;
  }
}

describe('a message over the port', () => {
  it('is taken when it is one of the catalogue with data of its form', () => {
    expect(readCommand({ v: 1, type: 'seek', id: 7, data: { t: '12.5s' } })).toEqual({
      type: 'seek',
      data: { t: '12.5s' },
    });
    expect(codeOf({ v: 1, type: 'play', later: 'a new field' })).toBe('ok');
    expect(codeOf({ v: 1, type: 'set', data: { 'cache.ttl': '30s', 'app.cache': false } })).toBe('ok');
  });

  it.each([
    ['version', { v: 2, type: 'play' }],
    ['bad-envelope', 'play'],
    ['bad-envelope', null],
    ['bad-envelope', { v: 1 }],
    ['unknown-type', { v: 1, type: 'toString' }],
    ['unknown-type', { v: 1, type: 'hasOwnProperty' }],
    ['bad-data', { v: 1, type: 'seek', data: { t: '5 minutes' } }],
    ['bad-data', { v: 1, type: 'seek', data: { t: 1, more: 1 } }],
    ['bad-data', { v: 1, type: 'set', data: { 'cache.ttl': { nested: 1 } } }],
    ['not-plain', { v: 1, type: 'seek', data: { t: Number.POSITIVE_INFINITY } }],
    ['not-plain', { v: 1, type: 'seek', data: new Date(0) }],
    ['not-plain', { v: 1, type: 'set', data: JSON.parse('{"__proto__":{"a":1}}') as object }],
    ['not-plain', { v: 1, type: 'set', data: { constructor: 1 } }],
    ['too-large', { v: 1, type: 'export', data: 'x'.repeat(messageLimits.bytes) }],
    ['too-large', { v: 1, type: 'apply', data: { commands: Array.from({ length: 5000 }, () => ({})) } }],
  ])('is refused as %s', (code, message) => {
    expect(codeOf(message)).toBe(code);
  });

  it('is refused in words, whatever it is, and leaves no trace', () => {
    const names = fc.constantFrom(...Object.keys(commandSchemas), '__proto__', 'constructor', 'eval');
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withTypedArray: true,
      maxDepth: 6,
    });
    const message = fc.oneof(
      anything,
      fc.record({
        v: fc.oneof(fc.constant(1), anything),
        type: fc.oneof(names, anything),
        id: anything,
        data: anything,
      }),
    );
    fc.assert(
      fc.property(message, (one) => {
        codeOf(one);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('may hold itself: the walk ends', () => {
    const loop: Record<string, unknown> = {};
    loop.loop = loop;
    expect(codeOf({ v: 1, type: 'set', data: loop })).toBe('too-large');
  });
});

it('lets twenty through in any second, and goes on after it', () => {
  const cap = new RateCap(20);
  const taken = Array.from({ length: 100 }, (_, index) => cap.allow(index * 5)).filter(Boolean).length;
  expect(taken).toBe(20);
  expect(cap.allow(1001)).toBe(true);
});
