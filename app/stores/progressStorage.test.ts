import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { progressStorage } from './progressStorage.ts';

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
  const storage = progressStorage();
  storage.setItem('a', '1');
  stored.set('a', '2');
  expect(storage.getItem('a')).toBe('2');
});

it('remembers in memory what the browser refuses, until it no longer does', () => {
  const storage = progressStorage();
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

it('works where there is no storage at all', () => {
  vi.stubGlobal('localStorage', undefined);
  const storage = progressStorage();
  expect(storage.getItem('a')).toBeNull();
  storage.setItem('a', '1');
  expect(storage.getItem('a')).toBe('1');
});
