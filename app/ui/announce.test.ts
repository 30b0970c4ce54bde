import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let announce: typeof import('./announce.ts');
let said: string[];

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  announce = await import('./announce.ts');
  said = [];
  announce.subscribeToNotices(() => {
    const { spoken } = announce.currentNotice();
    if (spoken !== said.at(-1)) said.push(spoken);
  });
});

afterEach(() => {
  vi.useRealTimers();
});

it('says one message in two seconds, and then the newest of those that waited', () => {
  announce.announce('paused');
  announce.announce('playing');
  announce.announce('one key expired');
  expect(said).toEqual(['paused']);
  vi.advanceTimersByTime(announce.quietMs - 1);
  expect(said).toEqual(['paused']);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['paused', 'one key expired']);
});

it('says the same thing once, and nothing for nothing', () => {
  announce.announce('');
  announce.announce('paused');
  vi.advanceTimersByTime(announce.quietMs);
  announce.announce('paused');
  expect(said).toEqual(['paused']);
});

it('shows at once what is to be seen, and takes it away again', () => {
  announce.announce('paused');
  announce.announce('Link copied', { show: true });
  expect(announce.currentNotice()).toEqual({ spoken: 'paused', shown: 'Link copied' });
  vi.advanceTimersByTime(announce.shownMs);
  expect(announce.currentNotice()).toEqual({ spoken: 'Link copied', shown: '' });
});
