import { afterEach, expect, it, vi } from 'vitest';
import { readDrill } from '../../../src/drills.ts';
import { smallDrill } from '../../../src/drill/smallDrill.ts';
import type { Room } from '../../drill/room.ts';
import { SheetLog } from '../../drill/session/SheetLog.ts';
import { DrillReports } from './DrillReports.ts';

afterEach(() => vi.unstubAllGlobals());

/** A drill that has begun, and everything that its host is told from then on. */
function told() {
  const read = readDrill(smallDrill, 'small-rush.drill.yaml');
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const storage = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  const log = new SheetLog({ role: 'solo', hash: read.drill.hash, name: 'n', storage, nowMs: () => 0 });
  log.act({ do: 'begin', seed: 7, interview: false, pace: '1', startedAt: new Date(0).toISOString() });
  log.act({ do: 'goto', step: 'fix' });
  const heard: [string, unknown][] = [];
  const send = (type: string, data: unknown) => void heard.push([type, data]);
  const room = { drill: read.drill, role: 'solo', session: '', log } as unknown as Room;
  const reports = new DrillReports(room, { send, sendPrivate: send }, { xapi: false });
  return { log, heard, reports };
}

it('a host is told with what an attempt begins, and of each setting that is turned while it runs, with its time', () => {
  const { log, heard } = told();
  log.act({ do: 'attempt', step: 'fix', n: 1, set: { 'protect.singleFlight': true } });
  log.act({ do: 'turn', step: 'fix', n: 1, atUs: 3_000_000, set: { 'protect.stale': '30s', 'cache.ttl': '5s' } });
  expect(heard).toEqual([
    [
      'command',
      {
        t: 0,
        cmd: { do: 'restart', set: { 'protect.singleFlight': true }, seed: 7, acts: [] },
        step: 'fix',
        attempt: 1,
      },
    ],
    [
      'command',
      {
        t: 3_000_000,
        cmd: { at: '3000000us', do: 'set', path: 'protect.stale', value: '30s' },
        step: 'fix',
        attempt: 1,
      },
    ],
    [
      'command',
      { t: 3_000_000, cmd: { at: '3000000us', do: 'set', path: 'cache.ttl', value: '5s' }, step: 'fix', attempt: 1 },
    ],
  ]);
});

it('what an interviewer lets in is a command and a fault; a fault of the script is no command', () => {
  const { log, heard } = told();
  log.act({ do: 'attempt', step: 'fix', n: 1, set: {} });
  heard.length = 0;
  const inject = {
    do: 'inject',
    step: 'fix',
    n: 1,
    atUs: 4_000_000,
    action: { at: '4000000us', do: 'flush' },
  } as const;
  log.act({ ...inject, id: 'Empty the cache', byScript: false });
  expect(heard).toEqual([
    ['command', { t: 4_000_000, cmd: inject.action, step: 'fix', attempt: 1 }],
    ['fault', { id: 'Empty the cache', t: 4_000_000 }],
  ]);
  heard.length = 0;
  log.act({ ...inject, id: 'slowdb', byScript: true });
  expect(heard.map(([type]) => type)).toEqual(['fault']);
});

it('nothing is told of what is only being chosen, nor after it was closed', () => {
  const { log, heard, reports } = told();
  log.draft('fix', { value: '{"cache.ttl":"5s"}' });
  reports.close();
  log.act({ do: 'attempt', step: 'fix', n: 1, set: { 'cache.ttl': '5s' } });
  expect(heard).toEqual([]);
});
