import { expect, it } from 'vitest';
import { readSettings } from './settings.ts';
import { safeStorage } from './safeStorage.ts';

it('takes what it knows from storage, whatever else is there', () => {
  expect(readSettings({ theme: 'dark', shortcuts: false, other: 1 })).toEqual({ theme: 'dark', shortcuts: false });
  expect(readSettings({ theme: 'pink', shortcuts: 'yes' })).toEqual({});
  expect(readSettings(null)).toEqual({});
  expect(readSettings('dark')).toEqual({});
});

it('remembers in memory where storage throws', () => {
  const storage = safeStorage();
  expect(storage.getItem('a')).toBeNull();
  storage.setItem('a', '1');
  expect(storage.getItem('a')).toBe('1');
  storage.removeItem('a');
  expect(storage.getItem('a')).toBeNull();
});
