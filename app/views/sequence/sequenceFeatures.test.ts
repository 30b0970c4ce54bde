import { describe, expect, it } from 'vitest';
import { FLAG, OP, OUTCOME, type Row } from '../../../src/index.ts';
import { requestTrace, type RequestTrace } from '../requestTrace.ts';
import { featureBase, featureWorlds } from '../testFeatures.ts';
import { runOfRows, scenarioOf, simulatedRun } from '../testRun.ts';
import { interleavedModel, othersOnKey } from './interleaved.ts';
import { mermaidText, noteLabel } from './mermaidText.ts';
import { countedFrom, type SequenceModel, sequenceModel } from './model.ts';

const [app, other, redis, database] = [2, 3, 8, 9];
const thin = (text: string) => text.replaceAll('\u202f', ' ');
const row = (op: keyof typeof OP, id: number, parent: number, start: number, end: number, more: Partial<Row> = {}) => {
  const [arrive, leave] = start === end ? [start, end] : [start + 1, end - 1];
  const times = { start, sent: start, arrive, service: arrive, leave, end };
  return { op: OP[op], request: 1, id, parent, from: app, node: redis, key: 7, ...times, ...more };
};
const root = (start: number, end: number, more: Partial<Row> = {}) =>
  row('request.read', 1, 0, start, end, { from: 0, node: app, outcome: OUTCOME.miss, version: 2, ...more });
const closing = (rows: Partial<Row>[]) => rows.sort((a, b) => Number(a.end) - Number(b.end));
const textOf = (rows: Partial<Row>[], open: Partial<Row>[] = []) =>
  mermaidText(sequenceModel(runOfRows(closing(rows), open), 1) as SequenceModel)
    .split('\n')
    .slice(1)
    .map(thin);

/** Every block, bar and note of a text is opened before it is closed, between people that exist. */
function expectSound(model: SequenceModel): void {
  const { messages, participants, notes, blocks, activations } = model;
  expect(messages.every(({ from, to }) => from >= 0 && to >= 0 && from !== to)).toBe(true);
  expect(messages.every(({ sentUs }, index) => index === 0 || sentUs >= messages[index - 1].sentUs)).toBe(true);
  expect(notes.every(({ over, after }) => over in participants && after < messages.length)).toBe(true);
  expect(new Set(participants.map(({ title }) => title)).size).toBe(participants.length);
  let depth = 0;
  const active = new Map<string, number>();
  const lines = mermaidText(model).split('\n');
  for (const line of lines) {
    if (line.startsWith('opt ')) depth++;
    if (line === 'end') depth--;
    expect(depth === 0 || depth === 1).toBe(true);
    const [word, who] = line.split(' ');
    if (word === 'activate') active.set(who, (active.get(who) ?? 0) + 1);
    if (word === 'deactivate') active.set(who, (active.get(who) ?? 0) - 1);
    expect([...active.values()].every((count) => count >= 0)).toBe(true);
  }
  expect(depth).toBe(0);
  expect([...active.values()].every((count) => count === 0)).toBe(true);
  const extra = 2 * blocks.length + 2 * activations.length;
  expect(lines).toHaveLength(1 + participants.length + messages.length + notes.length + extra);
}

describe('the sequence of', () => {
  it('a wait is a note that says for whose load', () => {
    const leader = { op: OP['request.read'], request: 41, id: 90, node: app, start: 0, end: 900, leave: 900 };
    expect(
      textOf([
        row('cache.get', 2, 1, 10, 20, { outcome: OUTCOME.miss, cause: 3 }),
        row('wait', 3, 1, 20, 660, { node: app, detail: 90 }),
        root(0, 700),
        leader,
      ]).slice(3),
    ).toEqual([
      'p0->>p1: GET /item/7',
      'p1->>p2: GET item:7',
      'p2-->>p1: nil',
      'Note over p2: miss: expired',
      'Note over p1: waits 640 µs for request<br/>41’s load',
      'p1-->>p0: 200 OK',
    ]);
  });

  it('a load in the cache is a bar with the query inside it', () => {
    expect(
      textOf([
        row('database.read', 3, 2, 15, 60, { from: redis, node: database, version: 2 }),
        row('cache.set', 4, 2, 60, 62, { from: redis, version: 2, detail: 5000 }),
        row('cache.load', 2, 1, 10, 70, { outcome: OUTCOME.miss, cause: 1, version: 2, service: 12 }),
        root(0, 80),
      ]).slice(4),
    ).toEqual([
      'p0->>p1: GET /item/7',
      'p1->>p2: GET item:7, or load',
      'activate p2',
      'Note over p2: miss: never stored',
      'p2->>p3: SELECT … 7',
      'p3-->>p2: row v2',
      'Note over p2: keeps v2 for 5 s',
      'p2-->>p1: v2',
      'deactivate p2',
      'p1-->>p0: 200 OK',
    ]);
  });

  it('work in the background stands in a block below the answer', () => {
    const refresh = row('refresh', 5, 1, 20, 90, { node: app });
    const rows = [
      row('cache.get', 2, 1, 10, 20, { outcome: OUTCOME.hit, version: 1, flags: FLAG.overdue }),
      root(0, 21, { leave: 20, outcome: OUTCOME.hit, version: 1 }),
      { ...refresh, arrive: 20, service: 20, leave: 90 },
      row('database.read', 6, 5, 20, 60, { node: database, version: 2 }),
    ];
    expect(textOf(rows).slice(6)).toEqual([
      'p2-->>p1: v1',
      'Note over p2: past its time, handed over<br/>all the same',
      'Note over p1: begins to load it anew, in<br/>the background',
      'p1-->>p0: 200 OK',
      'opt in the background',
      'p1->>p3: SELECT … 7',
      'p3-->>p1: row v2',
      'end',
    ]);
  });

  it('a hedge shows the answer that nobody needs any more', () => {
    const rows = [
      row('database.read', 2, 1, 10, 120, { node: database, version: 2 }),
      row('database.read', 3, 1, 40, 60, { node: database, version: 2, flags: FLAG.hedge }),
      root(0, 70),
    ];
    expect(textOf(rows).slice(3)).toEqual([
      'p0->>p1: GET /item/7',
      'p1->>p2: SELECT … 7',
      'p1->>p2: again: SELECT … 7',
      'p2-->>p1: row v2',
      'p1-->>p0: 200 OK',
      'p2-xp1: not needed',
    ]);
  });

  it('instants are notes, and messages to other servers arrive or are lost', () => {
    const deliver = (id: number, node: number, more: Partial<Row>) =>
      row('bus.deliver', id, 3, 30, 40, { from: database + 1, node, ...more });
    const run = runOfRows(
      closing([
        row('skip', 2, 1, 12, 12, { node: app }),
        row('bus.publish', 3, 1, 20, 40, { node: database + 1 }),
        deliver(4, other, { arrive: 40, leave: 40, outcome: OUTCOME.absent }),
        deliver(5, other, {
          arrive: Number.POSITIVE_INFINITY,
          leave: Number.POSITIVE_INFINITY,
          outcome: OUTCOME.lost,
        }),
        root(0, 60, { op: OP['request.write'] }),
      ]),
    );
    run.meta.nodes.push({ id: 'bus', kind: 'bus', title: 'Pub/sub' });
    const model = sequenceModel(run, 1) as SequenceModel;
    expectSound(model);
    expect(model.participants.map(({ title }) => title)).toEqual(['Client', 'App 1', 'App 2', 'Pub/sub']);
    expect(model.notes.map(({ text }) => text)).toContain('item:7 is not admitted');
    expect(model.messages.filter(({ background }) => background).map(({ label, kind }) => [label, kind])).toEqual([
      ['changed', 'call'],
      ['changed (lost)', 'lost'],
    ]);
  });

  it('escapes each line of a note by itself', () => {
    expect(noteLabel('a;b <br/> %%{init}%% that is rather long')).toMatch(
      /^[^;<>%{}]*(#\d+;|#lt;|#gt;|<br\/>|[^;<>%{}])*$/,
    );
    expect(noteLabel('<script>alert(1)</script>')).not.toMatch(/<(?!br\/>)/);
  });
});

/** A reader misses, is slow to store, and a writer updates and deletes in between. */
const race = [
  root(0, 140, { request: 8, id: 1, version: 1 }),
  row('cache.get', 2, 1, 10, 20, { request: 8, outcome: OUTCOME.miss, cause: 1 }),
  row('database.read', 3, 1, 20, 60, { request: 8, node: database, version: 1 }),
  row('cache.set', 4, 1, 100, 120, { request: 8, version: 1, detail: 60_000 }),
  root(30, 99, { request: 9, id: 5, op: OP['request.write'], node: other, outcome: OUTCOME.ok }),
  row('database.write', 6, 5, 40, 80, { request: 9, node: database, from: other, version: 2 }),
  row('cache.delete', 7, 5, 80, 95, { request: 9, from: other, outcome: OUTCOME.absent }),
  root(300, 400, { request: 10, id: 8 }),
  root(50, 70, { request: 11, id: 9, key: 8 }),
];

describe('a request with others on its key', () => {
  const run = runOfRows(closing(race));

  it('finds those that overlap it, and only those', () => {
    expect(othersOnKey(run, requestTrace(run.spans, 8) as RequestTrace)).toEqual([9]);
    expect(interleavedModel(run, 10)).toBeNull();
    expect(interleavedModel(run, 99)).toBeNull();
  });

  it('shows the race from top to bottom, each request by its number', () => {
    const model = interleavedModel(run, 8) as SequenceModel;
    expect(model.participants.map(({ title }) => title)).toEqual(['Reader 8', 'Redis', 'Database', 'Writer 9']);
    const lines = model.messages.map(
      ({ from, to, label }) => `${model.participants[from].title} → ${model.participants[to].title}: ${label}`,
    );
    expect(lines).toEqual([
      'Reader 8 → Redis: GET item:7',
      'Redis → Reader 8: nil',
      'Reader 8 → Database: SELECT … 7',
      'Writer 9 → Database: UPDATE … 7',
      'Database → Reader 8: row v1',
      'Database → Writer 9: committed v2',
      'Writer 9 → Redis: DEL item:7',
      'Redis → Writer 9: 0',
      'Reader 8 → Redis: SET v1',
      'Redis → Reader 8: OK',
    ]);
    const notes = model.notes.map(({ over, text, meaning }) => [model.participants[over].title, text, meaning]);
    expect(notes).toContainEqual(['Redis', 'now holds v1; the database has v2', 'stale']);
    expect(notes).toContainEqual(['Writer 9', 'writes', null]);
    expect(notes).toContainEqual(['Reader 8', 'answers v1', null]);
    expect(countedFrom(model)).toBe('since the first of these requests left its client');
    expectSound(model);
    // The same from the writer's side.
    expect(interleavedModel(run, 9)?.messages).toEqual(model.messages);
  });

  it('shows at most four requests and 24 messages', () => {
    const crowd = Array.from({ length: 9 }, (_, index): Partial<Row>[] => {
      const request = 20 + index;
      const id = 100 * request;
      return [
        root(index, 500 + index, { request, id }),
        ...Array.from({ length: 4 }, (__, call) =>
          row('cache.get', id + call + 1, id, 10 + index + 20 * call, 20 + index + 20 * call, { request }),
        ),
      ];
    }).flat();
    const busy = runOfRows(closing(crowd));
    const model = interleavedModel(busy, 24) as SequenceModel;
    expect(model.participants.filter(({ title }) => title.startsWith('Reader'))).toHaveLength(3);
    expect(model.messages).toHaveLength(24);
    expect(model.left).toBe(0);
    expect(model.participants[0].title < model.participants[1].title).toBe(true);
  });
});

describe('every request of a real run', () => {
  it.each(Object.entries(featureWorlds))('is drawn soundly, alone and among others: %s', async (_name, input) => {
    const run = await simulatedRun(scenarioOf({ ...featureBase, ...input, duration: '1s' }));
    let together = 0;
    for (let request = 1; ; request++) {
      const model = sequenceModel(run, request);
      if (model === null) break;
      expectSound(model);
      const among = request % 4 === 0 ? interleavedModel(run, request) : null;
      if (among === null) continue;
      together++;
      expectSound(among);
      expect(among.messages.length).toBeLessThanOrEqual(24);
      expect(among.participants.filter(({ node }) => node < 0).length).toBeLessThanOrEqual(4);
    }
    expect(together).toBeGreaterThan(3);
  });
});
