import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStamp } from './heardStamp.ts';
import { createProgress, progressKey } from './progress.ts';
import { emptyProgress, mergeProgress, progressVersion, readProgress, writeProgress } from './progressSchema.ts';
import { TestBrowser } from './testBrowser.ts';

const browserWith = (text?: string) => new TestBrowser(text === undefined ? {} : { [progressKey]: text });

describe('progress', () => {
  it('is there again at the next visit', () => {
    const browser = browserWith();
    const first = browser.tab(createProgress).getState();
    first.open('why-a-cache');
    first.keep('why-a-cache', { bets: { rush: 2e6, old: null }, quizzes: { q: { given: [1], right: true } } });
    first.finish('why-a-cache', true);
    first.open('stampede');
    const { progress, aside } = browser.tab(createProgress).getState();
    expect(progress.last).toBe('stampede');
    expect(progress.lessons['why-a-cache']).toMatchObject({
      state: 'done',
      bets: { rush: 2e6, old: null },
      quizzes: { q: { given: [1], right: true } },
    });
    expect(progress.lessons.stampede.state).toBe('begun');
    expect(aside).toEqual([]);
  });

  it('keeps fields that a later version wrote', () => {
    const text = JSON.stringify({
      hotpathProgress: progressVersion,
      streak: 4,
      lessons: { a: { state: 'done', mood: 'fine' } },
    });
    const browser = browserWith(text);
    browser.tab(createProgress).getState().open('b');
    const written = JSON.parse(browser.all.get(progressKey) ?? '');
    expect(written).toMatchObject({ streak: 4, lessons: { a: { mood: 'fine' }, b: { state: 'begun' } } });
  });

  it.each([
    ['{"hotpathProgress": 2, "lessons": {', 'it is no JSON'],
    ['[1, 2]', 'it is no progress of a course'],
    ['{"hotpathProgress": 99, "lessons": {}}', 'a newer version of this page wrote it'],
    ['{"hotpathProgress": 2, "lessons": 7}', 'it is not whole'],
  ])('sets aside what it cannot read and says so: %s', (text, problem) => {
    const browser = browserWith(text);
    const { aside, progress, open } = browser.tab(createProgress).getState();
    expect(progress).toEqual(emptyProgress);
    expect(aside).toEqual([{ text, problem }]);
    open('a');
    expect(browser.tab(createProgress).getState().aside).toEqual([{ text, problem }]);
  });

  it('keeps the lessons that are whole where one is not', () => {
    const text = '{"hotpathProgress":2,"lessons":{"a":{"state":"done"},"b":{"state":"perhaps"}}}';
    const { aside, progress } = browserWith(text).tab(createProgress).getState();
    expect(Object.keys(progress.lessons)).toEqual(['a']);
    expect(aside).toEqual([{ text, problem: 'it is not whole in b' }]);
  });

  it('never throws, and never drops a text that it did not understand', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const browser = browserWith(text);
        const { aside, progress, open } = browser.tab(createProgress).getState();
        open('a');
        const isKept = aside.some((one) => one.text === text) || progress !== emptyProgress;
        expect(isKept || readProgress(text).problem === '').toBe(true);
      }),
    );
  });
});

describe('two tabs', () => {
  const act = fc.record({
    tab: fc.nat(1),
    lesson: fc.constantFrom('a', 'b'),
    id: fc.constantFrom('x', 'y', 'z'),
    bet: fc.option(fc.nat(9), { nil: undefined }),
  });

  it('end with what one tab would have, whoever does what', () => {
    fc.assert(
      fc.property(fc.array(act), (acts) => {
        const browser = new TestBrowser();
        const tabs = [browser.tab(createProgress), browser.tab(createProgress)];
        const alone = new TestBrowser().tab(createProgress);
        for (const { tab, lesson, id, bet } of acts)
          for (const store of [tabs[tab], alone]) store.getState().keep(lesson, { bets: { [id]: bet } });
        browser.deliver();
        for (const { getState } of tabs) expect(getState().progress.lessons).toEqual(alone.getState().progress.lessons);
      }),
    );
  });

  it('do not bring back a bet that was taken back in the other', () => {
    const browser = new TestBrowser();
    const [one, two] = [browser.tab(createProgress).getState(), browser.tab(createProgress).getState()];
    one.keep('a', { bets: { x: 1 }, outcomes: { x: { measured: 2, verdict: 'near' } } });
    two.keep('a', { bets: { x: undefined }, outcomes: { x: undefined } });
    one.finish('a', true);
    const { progress } = browser.tab(createProgress).getState();
    expect(progress.lessons.a).toMatchObject({ state: 'done', bets: {}, outcomes: {} });
  });

  it('keep their own answers when the other one spoils what is stored, and set that aside', () => {
    const browser = new TestBrowser();
    const one = browser.tab(createProgress);
    one.getState().keep('a', { bets: { x: 1 } });
    browser.all.set(progressKey, '{"hotpathProgress": 2, "less');
    one.getState().open('b');
    expect(one.getState().aside).toMatchObject([{ problem: 'it is no JSON' }]);
    const { progress } = browser.tab(createProgress).getState();
    expect(progress.lessons).toMatchObject({ a: { bets: { x: 1 } }, b: { state: 'begun' } });
  });

  it('forget everything when the storage is emptied', () => {
    const browser = new TestBrowser();
    const one = browser.tab(createProgress);
    one.getState().open('a');
    browser.clear();
    browser.deliver();
    expect(one.getState().progress).toEqual(emptyProgress);
  });

  it('set the same text aside once, and throw it away for both', () => {
    const browser = browserWith('{"hotpathProgress": 2, "less');
    const [one, two] = [browser.tab(createProgress), browser.tab(createProgress)];
    one.getState().open('a');
    browser.all.set(progressKey, '[1]');
    two.getState().open('b');
    browser.deliver();
    for (const { getState } of [one, two])
      expect(getState().aside.map(({ text }) => text)).toEqual(['{"hotpathProgress": 2, "less', '[1]']);
    browser.all.set(progressKey, '[2]');
    two.getState().open('b');
    one.getState().dropAside();
    expect(one.getState().aside.map(({ text }) => text)).toEqual(['[2]']);
    one.getState().dropAside();
    browser.deliver();
    expect(two.getState().aside).toEqual([]);
    expect(browser.tab(createProgress).getState().aside).toEqual([]);
  });
});

describe('migrations', () => {
  it('take the first form to the present one', () => {
    const first = { version: 1, done: ['a'], bets: { a: { x: 3 }, b: { y: 4 } }, last: 'b' };
    const { progress, problem } = readProgress(JSON.stringify(first));
    expect(problem).toBe('');
    expect(progress.last).toBe('b');
    expect(progress.lessons.a).toMatchObject({ state: 'done', bets: { x: 3 }, quizzes: {} });
    expect(progress.lessons.b).toMatchObject({ state: 'begun', bets: { y: 4 }, section: 0 });
  });

  it.each(['"done": [{"toString": 1, "valueOf": 1}]', '"done": "a"', '"bets": null', '"bets": [1]'])(
    'find the first form not whole where it is not: %s',
    (field) => {
      const read = readProgress(`{"version": 1, ${field}}`);
      expect(read).toEqual({ progress: emptyProgress, problem: 'it is not whole' });
    },
  );

  it('exist for every version before this one', () => {
    for (let version = 1; version < progressVersion; version++)
      expect(readProgress(JSON.stringify({ version })).problem).toBe('');
  });
});

describe('export and import', () => {
  it('give the same progress back', () => {
    const one = new TestBrowser().tab(createProgress).getState();
    one.keep('a', { bets: { x: 1 }, orders: { y: [1, 0] }, confidence: { x: 'certain' } });
    one.finish('a', true);
    const two = new TestBrowser().tab(createProgress);
    expect(two.getState().importText(one.exportText())).toBe('');
    expect(readProgress(two.getState().exportText()).progress.lessons.a).toMatchObject({
      state: 'done',
      bets: { x: 1 },
      orders: { y: [1, 0] },
    });
  });

  it('add to what is here: done stays done, own answers stay', () => {
    const lesson = (state: string, bets: object) => ({ hotpathProgress: 2, lessons: { a: { state, bets } } });
    const own = readProgress(JSON.stringify(lesson('done', { x: 1 }))).progress;
    const other = readProgress(JSON.stringify(lesson('begun', { x: 2, y: 3 }))).progress;
    expect(mergeProgress(own, other).lessons.a).toMatchObject({ state: 'done', bets: { x: 1, y: 3 } });
    expect(mergeProgress(other, own).lessons.a.state).toBe('done');
    expect(mergeProgress(own, own)).toEqual(own);
  });

  it.each(['constructor', 'toString'])('take a lesson for a lesson, whatever it is called: %s', (id) => {
    const text = `{"hotpathProgress": 2, "lessons": {"${id}": {"state": "done", "section": 3}, "a": {"state": "begun"}}}`;
    const store = new TestBrowser().tab(createProgress);
    expect(store.getState().importText(text)).toBe('');
    store.getState().open('a');
    const { lessons } = store.getState().progress;
    expect(Object.keys(lessons).sort()).toEqual([id, 'a'].sort());
    expect(Object.getOwnPropertyDescriptor(lessons, id)?.value).toMatchObject({ state: 'done', section: 3 });
  });

  it('refuse what is no progress, and change nothing', () => {
    const browser = new TestBrowser();
    const store = browser.tab(createProgress);
    store.getState().open('a');
    const before = browser.all.get(progressKey);
    expect(store.getState().importText('{"title": "something else"}')).toBe('it is no progress of a course');
    expect(browser.all.get(progressKey)).toBe(before);
    expect(writeProgress(store.getState().progress)).toBe(readStamp(before ?? null).text);
  });
});
