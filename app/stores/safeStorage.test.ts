import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { safeStorage } from './safeStorage.ts';

let stored: Map<string, string>;
let isFull: boolean;

beforeEach(() => {
  stored = new Map();
  isFull = false;
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, text: string) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
      stored.set(name, text);
    },
    removeItem: (name: string) => stored.delete(name),
  });
});

afterEach(() => vi.unstubAllGlobals());

it('sees what another tab has written since', () => {
  const storage = safeStorage();
  storage.setItem('a', '1');
  stored.set('a', '2');
  expect(storage.getItem('a')).toBe('2');
});

it('remembers in memory what the browser refuses, until it no longer does', () => {
  const storage = safeStorage();
  isFull = true;
  storage.setItem('a', '1');
  expect(storage.getItem('a')).toBe('1');
  expect(stored.has('a')).toBe(false);
  isFull = false;
  storage.setItem('a', '2');
  expect(storage.getItem('a')).toBe('2');
  expect(stored.get('a')).toBe('2');
  storage.removeItem('a');
  expect(storage.getItem('a')).toBeNull();
});

it.each([
  ['there is no storage at all', { value: undefined }],
  ['storage is null', { value: null }],
  [
    'the mere access throws, as in a sandboxed frame',
    {
      get: () => {
        throw new DOMException('sandboxed', 'SecurityError');
      },
    },
  ],
])('works where %s', (_where, property) => {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, ...property });
  try {
    const storage = safeStorage();
    expect(storage.getItem('a')).toBeNull();
    storage.setItem('a', '1');
    expect(storage.getItem('a')).toBe('1');
    storage.removeItem('a');
    expect(storage.getItem('a')).toBeNull();
  } finally {
    if (own !== undefined) Object.defineProperty(globalThis, 'localStorage', own);
  }
});
