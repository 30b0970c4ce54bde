import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from './EventLog.ts';

describe('a log of events', () => {
  it('keeps every event under its number until it is acknowledged', () => {
    const steps = fc.array(fc.oneof(fc.integer({ min: 1, max: 900 }), fc.integer({ min: -3000, max: -1 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(steps, (list) => {
        const log = new EventLog<number>();
        let end = 0;
        let done = 0;
        for (const step of list) {
          for (let count = 0; count < step; count++) log.append(10 * end++);
          if (step < 0) {
            done = Math.max(done, Math.min(end, done - step));
            log.acknowledge(done);
          }
          expect([log.end, log.acknowledged]).toEqual([end, done]);
          expect(log.at(done)).toBe(done < end ? 10 * done : undefined);
          expect(log.at(end - 1)).toBe(done < end ? 10 * (end - 1) : undefined);
          expect(log.at(end)).toBeUndefined();
          expect(log.at(done - 1)).toBeUndefined();
        }
      }),
    );
  });

  it('acknowledges nothing beyond its end and takes nothing back', () => {
    const log = new EventLog<string>();
    log.append('a');
    log.append('b');
    log.acknowledge(9);
    expect(log.acknowledged).toBe(2);
    log.acknowledge(1);
    log.append('c');
    expect([log.acknowledged, log.at(1), log.at(2)]).toEqual([2, undefined, 'c']);
  });
});
