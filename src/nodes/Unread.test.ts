import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Unread } from './Unread.ts';

describe('Unread', () => {
  it('tells of each refreshed entry at most once, and only of those that nobody read', () => {
    const steps = fc.array(
      fc.tuple(fc.constantFrom('refresh', 'fill', 'read', 'gone', 'clear'), fc.integer({ min: 0, max: 3 })),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (made) => {
        let wasted = 0;
        const unread = new Unread((count) => (wasted += count));
        // Written the long way: the life of each entry as a record of its own.
        const lives: { key: number; refreshed: boolean; read: boolean; over: boolean }[] = [];
        const end = (key: number) => {
          for (const life of lives) if (life.key === key) life.over = true;
        };
        for (const [what, key] of made) {
          if (what === 'refresh' || what === 'fill') {
            end(key);
            lives.push({ key, refreshed: what === 'refresh', read: false, over: false });
            unread.stored(key, what === 'refresh');
          } else if (what === 'read') {
            for (const life of lives) if (life.key === key && !life.over) life.read = true;
            unread.read(key);
          } else if (what === 'gone') {
            end(key);
            unread.gone(key);
          } else {
            for (const life of lives) life.over = true;
            unread.clear();
          }
        }
        const idle = lives.filter(({ refreshed, read }) => refreshed && !read);
        expect(wasted).toBe(idle.filter(({ over }) => over).length);
        expect(unread.size).toBe(idle.filter(({ over }) => !over).length);
      }),
      { numRuns: 300 },
    );
  });
});
