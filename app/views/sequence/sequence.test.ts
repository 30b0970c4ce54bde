import { describe, expect, it } from 'vitest';
import { FLAG, OP, OUTCOME, type Row, CAUSE } from '../../../src/index.ts';
import { runOfRows, scenarioOf, simulatedRun } from '../testRun.ts';
import { timeLabel } from './drawing.ts';
import { escapeLabel, mermaidText, noteOrder } from './mermaidText.ts';
import { countedFrom, messageStates, type SequenceModel, sequenceModel } from './model.ts';

const NEVER = Number.POSITIVE_INFINITY;
const [app, local, redis, database] = [3, 6, 8, 9];
const thin = (text: string) => text.replaceAll('\u202f', ' ');
const scenario = scenarioOf({ keyName: 'menu' });
const at = (start: number, sent: number, arrive: number, service: number, leave: number, end: number) => ({
  start,
  sent,
  arrive,
  service,
  leave,
  end,
});
const root = (more: Partial<Row> = {}): Partial<Row> => ({
  op: OP['request.read'],
  request: 8,
  id: 1,
  node: app,
  key: 4421,
  version: 17,
  outcome: OUTCOME.miss,
  ...at(0, 0, 400, 400, 152_500, 152_800),
  ...more,
});
const call = (op: keyof typeof OP, id: number, times: Partial<Row>, more: Partial<Row> = {}): Partial<Row> => ({
  op: OP[op],
  request: 8,
  id,
  from: app,
  key: 4421,
  node: op.startsWith('database') ? database : redis,
  ...times,
  ...more,
});
const told = (model: SequenceModel | null) =>
  model?.messages.map(
    ({ from, to, label, sentUs }) =>
      `${sentUs} ${model.participants[from].title} → ${model.participants[to].title}: ${label}`,
  );

describe('sequenceModel', () => {
  const miss = [
    call('cache.get', 2, at(400, 400, 650, 650, 900, 1000), { outcome: OUTCOME.miss, cause: CAUSE.expired }),
    call('database.read', 3, at(1000, 1000, 1250, 140_000, 151_750, 152_000), { version: 17 }),
    call('cache.set', 4, at(152_000, 152_000, 152_250, 152_250, 152_260, 152_500), { version: 17, detail: 312_000 }),
  ];

  it('tells a miss in order, with the answers', () => {
    const model = sequenceModel(runOfRows([...miss, root()], [], scenario), 8);
    expect(model?.participants.map(({ title }) => title)).toEqual(['Client', 'App 2', 'Redis', 'Database']);
    expect(told(model)).toEqual([
      '0 Client → App 2: GET /menu/4421',
      '400 App 2 → Redis: GET menu:4421',
      '900 Redis → App 2: nil',
      '1000 App 2 → Database: SELECT … 4421',
      '151750 Database → App 2: row v17',
      '152000 App 2 → Redis: SET … EX 312',
      '152260 Redis → App 2: OK',
      '152500 App 2 → Client: 200 OK',
    ]);
    expect(countedFrom(model as SequenceModel)).toBe('since the client sent the request');
    expect(model?.messages[5].text).toBe('SET menu:4421 v17 EX 312');
    expect(model?.notes).toEqual([{ over: 2, after: 2, text: 'miss: expired', atUs: 900, meaning: 'miss' }]);
  });

  it('puts the server’s own memory beside it, and marks a stale answer', () => {
    const hit = call('local.get', 2, at(400, 400, 400, 400, 401, 401), {
      node: local,
      outcome: OUTCOME.hit,
      version: 16,
    });
    const run = runOfRows(
      [hit, root({ outcome: OUTCOME.hit, flags: FLAG.stale, detail: 41_000, version: 16 })],
      [],
      scenario,
    );
    const model = sequenceModel(run, 8);
    expect(model?.participants.map(({ title }) => title)).toEqual(['Client', 'App 2', 'Its memory']);
    expect(model?.messages[2]).toMatchObject({ label: 'v16', meaning: 'hit' });
    expect(model?.messages.at(-1)?.meaning).toBe('stale');
    expect(model?.notes.map(({ text, over }) => [thin(text), over])).toEqual([['stale: 41 s old', 0]]);
  });

  it('shows lost messages, callers that gave up, and answers that nobody waits for', () => {
    const lost = call('cache.get', 2, at(400, 400, NEVER, NEVER, NEVER, 200_400), {
      outcome: OUTCOME.lost,
      cause: CAUSE['cache-down'],
    });
    const late = call('database.read', 3, at(200_400, 200_400, 200_650, 210_000, 320_000, 300_400), {
      outcome: OUTCOME.timeout,
      flags: FLAG.abandoned,
    });
    const gone = root({ outcome: OUTCOME.timeout, flags: FLAG.abandoned, leave: 300_400, end: 250_000 });
    const model = sequenceModel(runOfRows([lost, gone, late], [], scenario), 8);
    expect(told(model)).toEqual([
      '0 Client → App 2: GET /menu/4421',
      '400 App 2 → Redis: GET menu:4421 (lost)',
      '200400 App 2 → Database: SELECT … 4421',
      '300400 App 2 → Client: too late',
      '320000 Database → App 2: too late',
    ]);
    expect(model?.messages.map(({ kind }) => kind)).toEqual(['call', 'lost', 'call', 'lost', 'lost']);
    expect(model?.notes.map(({ text, over, after }) => [thin(text), over, after])).toEqual([
      ['gave up after 200 ms', 1, 1],
      ['gave up after 250 ms', 0, 2],
      ['gave up after 100 ms', 1, 2],
    ]);
  });

  it('knows nothing of the future of a request under way', () => {
    const open = [
      root({ leave: NEVER, end: NEVER, outcome: OUTCOME.ok }),
      { ...miss[1], service: NEVER, leave: NEVER, end: NEVER },
    ];
    const run = runOfRows([miss[0]], open, scenario);
    run.horizonUs = 20_000;
    expect(told(sequenceModel(run, 8))).toHaveLength(4);
    expect(sequenceModel(run, 9)).toBeNull();
  });

  it('follows the playhead exactly, also backwards', () => {
    const model = sequenceModel(runOfRows([...miss, root()], [], scenario), 8) as SequenceModel;
    const state = (us: number) =>
      messageStates(model, us)
        .map((word) => word[0])
        .join('');
    expect(state(-1)).toBe('ffffffff');
    expect(state(0)).toBe('cfffffff');
    expect(state(5000)).toBe('pppcffff');
    expect(state(152_800)).toBe('pppppppp');
    expect(state(899)).toBe('pcffffff');
  });
});

describe('the text for mermaid', () => {
  it('is built from the model, one line a statement', () => {
    const miss = call('cache.get', 2, at(400, 400, 650, 650, 900, 1000), { outcome: OUTCOME.miss, cause: CAUSE.first });
    const model = sequenceModel(
      runOfRows([miss, root({ leave: NEVER, end: NEVER })], [], scenario),
      8,
    ) as SequenceModel;
    expect(mermaidText(model).split('\n')).toEqual([
      'sequenceDiagram',
      'participant p0 as Client',
      'participant p1 as App 2',
      'participant p2 as Redis',
      'p0->>p1: GET /menu/4421',
      'p1->>p2: GET menu:4421',
      'p2-->>p1: nil',
      'Note over p2: miss: never stored',
    ]);
    expect(noteOrder(model)).toEqual([0]);
  });

  it('lets no label end its statement, open a directive, a tag or a formula', () => {
    const evil = 'a;b#c<img src=x>\n%%{init: {"themeCSS": "x"}}%%\u2028$$x$$ wrap: \\';
    const safe = escapeLabel(evil);
    expect(safe.replaceAll(/#(?:\d+|lt|gt|amp);/g, '')).toMatch(/^[^;#<>%{}\\$\n\u2028]*$/);
    expect(escapeLabel(' \n ')).toBe(' ');
    expect(escapeLabel('wrap: x')).toBe('wrap#58; x');
    expect(escapeLabel('GET menu:17')).toBe('GET menu:17');
  });

  it('has short times for the gutter', () => {
    expect([0, 400, 1000, 12_340, 152_800].map(timeLabel)).toEqual(['0', '0.4', '1', '12.3', '153']);
  });
});

describe('every request of a real run', () => {
  it('is a conversation in order, between people that exist', async () => {
    const run = await simulatedRun(
      scenarioOf({
        duration: '2s',
        traffic: { readers: { rate: '500/s', count: 200, writes: '10%', missing: '5%' } },
        cache: { capacity: 60, ttl: '300ms', timeout: '2ms' },
        local: { enabled: true, capacity: 10 },
        database: { read: '12ms', slots: 3, pool: 2, timeout: '60ms', queue: 10 },
        clients: { timeout: '80ms' },
        faults: [
          { at: '1s', do: 'kill', node: 'redis', for: '300ms' },
          { at: '500ms', do: 'lose', message: 'database.read', count: 5 },
        ],
      }),
    );
    let seen = 0;
    for (let request = 1; ; request++) {
      const model = sequenceModel(run, request);
      if (model === null) break;
      seen++;
      const { messages, participants, notes } = model;
      expect(messages.every(({ from, to }) => from >= 0 && to >= 0 && from !== to)).toBe(true);
      expect(messages.every(({ sentUs }, index) => index === 0 || sentUs >= messages[index - 1].sentUs)).toBe(true);
      expect(notes.every(({ over, after }) => over in participants && after < messages.length)).toBe(true);
      expect(mermaidText(model).split('\n')).toHaveLength(1 + participants.length + messages.length + notes.length);
    }
    expect(seen).toBeGreaterThan(800);
  });
});
