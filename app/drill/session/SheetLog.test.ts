import * as fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import type { DrillMode } from '../../../src/drills.ts';
import { keptVersion, parseKept, readKept } from './keptSheet.ts';
import type { SheetAct } from './SheetAct.ts';
import { SheetLog } from './SheetLog.ts';
import type { Transport } from './Transport.ts';

/** A channel between logs of one test. */
function channels(): (name: string) => Transport {
  const rooms = new Map<string, Set<(message: unknown) => void>>();
  return (name) => {
    const all = rooms.get(name) ?? new Set();
    rooms.set(name, all);
    let own: ((message: unknown) => void) | undefined;
    return {
      post: (message) => {
        for (const hear of all) if (hear !== own) hear(structuredClone(message));
      },
      listen(hear) {
        own = hear;
        all.add(hear);
        return () => all.delete(hear);
      },
      close: () => own !== undefined && all.delete(own),
    };
  };
}

function memory() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

const begin: SheetAct = { do: 'begin', seed: 1, interview: true, pace: '1', startedAt: new Date(0).toISOString() };
const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
  vi.unstubAllGlobals();
});

function logOf(role: DrillMode, channel: (name: string) => Transport, storage = memory()) {
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  const withKey = role === 'interviewer' ? channel('key') : null;
  const log = new SheetLog({ role, hash: 'h', name: 'n', storage, open: channel('open'), withKey, nowMs: () => 5000 });
  open.push(log.start());
  return log;
}

const acts = (log: SheetLog) => log.store.getState().events.map(({ act }) => act.do);

it('what one window does is in the log of the other, and a window that comes late is sent all of it', () => {
  const channel = channels();
  const candidate = logOf('candidate', channel);
  candidate.act(begin);
  candidate.act({ do: 'goto', step: 'brief' });
  candidate.draft('guess', { value: '12' });
  const interviewer = logOf('interviewer', channel);
  expect(acts(interviewer)).toEqual(['begin', 'goto']);
  expect(interviewer.store.getState().drafts).toEqual({ guess: { value: '12' } });
  interviewer.act({ do: 'extend', step: 'brief', ms: 60_000 });
  expect(acts(candidate)).toEqual(['begin', 'goto', 'extend']);
  expect(candidate.store.getState().others).toEqual(['interviewer']);
});

it('what only windows with the key may see never reaches a candidate or the audience', () => {
  const channel = channels();
  const candidate = logOf('candidate', channel);
  candidate.act(begin);
  const interviewer = logOf('interviewer', channel);
  interviewer.act({ do: 'note', text: 'strong' });
  interviewer.act({ do: 'rate', rubric: 'why', level: 3, by: 'interviewer', note: '' });
  interviewer.act({ do: 'truth', step: 'guess', found: { status: 'found', value: 948 } });
  interviewer.act({ do: 'judged', step: 'fix', n: 1, whole: true, outcome: { checks: [], hash: 'x' } });
  const audience = logOf('audience', channel);
  const second = logOf('interviewer', channel);
  expect(acts(candidate)).toEqual(['begin']);
  expect(acts(audience)).toEqual(['begin']);
  expect(acts(second).toSorted()).toEqual(['begin', 'judged', 'note', 'rate', 'truth']);
});

it('the audience changes nothing', () => {
  const channel = channels();
  const candidate = logOf('candidate', channel);
  const audience = logOf('audience', channel);
  audience.act(begin);
  audience.draft('guess', { value: '1' });
  expect(acts(candidate)).toEqual([]);
  expect(acts(audience)).toEqual([]);
});

it('comes back from storage with what was being written', () => {
  const storage = memory();
  const first = logOf('solo', channels(), storage);
  first.act({ ...begin, interview: false });
  first.draft('guess', { value: '77', confidence: 'unsure' });
  for (const close of open.splice(0)) close();
  const found = readKept(storage, 'n', 'h');
  expect(found).toMatchObject({ sheet: { drafts: { guess: { value: '77', confidence: 'unsure' } } } });
});

it('sets aside what is damaged, of another version or of another script, and says so', () => {
  for (const [text, said] of [
    ['{', /damaged/],
    ['[]', /another version/],
    ['null', /damaged/],
    [JSON.stringify({ version: keptVersion + 1 }), /another version/],
    [JSON.stringify({ version: keptVersion, hash: 'h', events: [{}], drafts: {}, seenMs: 1 }), /damaged/],
    [JSON.stringify({ version: keptVersion, hash: 'old', events: [], drafts: {}, seenMs: 1 }), /changed since/],
  ] as const) {
    const storage = memory();
    storage.setItem('n', text);
    expect(readKept(storage, 'n', 'h')).toEqual({ notice: expect.stringMatching(said) });
    expect([...storage.kept]).toEqual([['n.aside', text]]);
  }
});

it('no text and no message, whatever it holds, breaks a log', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.jsonValue(), (text, value) => {
      expect(() => parseKept(text)).not.toThrow();
      expect(() =>
        parseKept(JSON.stringify({ version: keptVersion, hash: 'h', seenMs: 1, events: value, drafts: value })),
      ).not.toThrow();
      const channel = channels();
      const log = logOf('candidate', channel);
      const other = channel('open');
      const type = fc.sample(fc.constantFrom('log', 'ask', 'here', 'drafts', 'time', 'x'), {
        numRuns: 1,
        seed: text.length,
      })[0];
      other.post(value);
      other.post({ type, events: value, drafts: value, time: value, window: value, role: value, have: value });
      expect(log.store.getState().events).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

it('two tabs on one sheet keep what both did, and an older sheet does not replace a later one', () => {
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  const storage = memory();
  const tab = () => {
    const found = readKept(storage, 'n', 'h');
    const kept = found !== null && 'sheet' in found ? { kept: found.sheet } : {};
    const log = new SheetLog({ role: 'solo', hash: 'h', name: 'n', storage, ...kept, nowMs: () => 5000 });
    open.push(log.start());
    return log;
  };
  const one = tab();
  one.act(begin);
  const two = tab();
  one.act({ do: 'goto', step: 'a' });
  two.act({ do: 'goto', step: 'b' });
  one.act({ do: 'goto', step: 'c' });
  const steps = (log: SheetLog) =>
    log.store
      .getState()
      .events.flatMap(({ act }) => (act.do === 'goto' ? [act.step] : []))
      .sort();
  expect(steps(tab())).toEqual(['a', 'b', 'c']);
  one.clear();
  one.act({ ...begin, seed: 2, startedAt: new Date(4000).toISOString() });
  two.act({ do: 'goto', step: 'd' });
  expect(
    tab()
      .store.getState()
      .events.map(({ act }) => act),
  ).toMatchObject([{ do: 'begin', seed: 2 }]);
});
