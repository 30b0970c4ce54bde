/** A small complete drill for tests: every kind of step and of answer, secrets, seeds, gates, hints; twenty virtual seconds. */
export const smallDrill = `# yaml-language-server: $schema=./drill.schema.json
drill: 1
id: small-rush
title: A small rush
skills: [stampede]
level: junior
minutes: 18
seed: 7
variants: { by: learner, from: [7, 8] }
clock: { start: "10:59:50", end: "11:00:10" }
system:
  scenario:
    keyName: page
    window: 500ms
    traffic: { readers: { rate: 150/s, count: 1 } }
    app: { servers: 2, workers: 500 }
    cache: { ttl: 6s }
    database: { read: 400ms, shape: constant, pool: 200, queue: 5000 }
  set: { database.slots: 40 }
steady:
  - max(database.qps) < 20 over 10:59:52..10:59:55
  - errors == 0
faults:
  # The page was stored a little after the start and ends a little after this.
  - { id: end, at: "10:59:56", do: ask, key: 0 }
  - { id: slow, at: 12s, do: slow, node: database, factor: 3, for: 4s, secret: true }
steps:
  - id: brief
    kind: brief
    limit: 1m
    text: One page, 150 readers a second, 400 ms to build it.
    interviewer: { listen_for: [rebuild time, readers a second], note: Let them ask. }
  - id: guess
    kind: predict
    limit: 2m
    ask: How many database reads in the two seconds after the page ends?
    answer: { type: number, unit: reads }
    truth: rows{op=database.read} over end+0s..end+2s
    accept: { factor: 2, half: 5 }
    points: 10
  - id: order
    kind: predict
    limit: 1m
    ask: Put these in order, the most frequent first.
    answer:
      type: order
      options: { db: database reads, hits: hits, all: requests }
    truth: { db: "rows{op=database.read}", hits: sum(cache.hits), all: sum(requests.arrived) }
    points: 4
  - id: which
    kind: predict
    limit: 1m
    ask: Will anybody wait for more than a second?
    answer: { type: choice, options: { yes: "Yes, somebody", no: Nobody } }
    truth: { yes: max(read.latency) > 1s, no: max(read.latency) <= 1s }
    points: 1
  - id: watch
    kind: observe
    limit: 2m
    text: Watch the line.
    run: { to: "10:59:58", speed: 4, show: [database-rate, p99(read.latency)] }
    ask: What moved first?
    answer: { type: choice, options: { a: hit ratio, b: database queue }, correct: a }
    points: 5
  - id: cost
    kind: ask
    limit: 1m
    ask: How many reads start while one is under way?
    answer: { type: number, unit: reads, correct: 60 }
    accept: { factor: 1.2, half: 3 }
    points: 5
  - id: fix
    kind: intervene
    limit: 5m
    attempts: 2
    task: Keep the database calm and readers fast.
    allow: [protect.singleFlight, protect.stale, cache.ttl]
    run: { speed: 5, show: [database-rate] }
    checks:
      - { id: peak, expect: "rows{op=database.read} <= 4 over 0s..2s", from: end, points: 15, seeds: [7, 21],
          fail: "{observed} reads by {at}. Who were they waiting for?" }
      - { id: fast, expect: p99(read.latency) < 50ms over 0s..2s, from: end, points: 10 }
      - { id: later, expect: "max(took{op=request.read,key=page:0}) < 50ms", from: slow, points: 10, secret: true,
          fail: "Somebody waited {observed} at {at}." }
      - { id: honest, expect: errors == 0, gate: true }
    hints:
      - { after: 30s, text: Count the callers that miss at the same moment. }
      - { cost: 4, text: What could the others read meanwhile? }
    solutions:
      old-page: { set: { protect.singleFlight: true, protect.stale: 30s } }
  - id: why
    kind: explain
    limit: 3m
    ask: Why did it happen?
    answer: { type: text, min_words: 10 }
    rubric:
      - { id: mechanism, points: 25, levels: { 4: rate times rebuild time, 3: misses on one key, 2: it expired, 1: the database } }
  - id: chat
    kind: talk
    limit: 1m
    text: What would you watch next time?
    interviewer: { listen_for: [waiting callers] }
    rubric:
      - { id: watching, title: Names a signal, points: 15 }
  - id: sheet
    kind: score
    limit: 1m
    pass: { total: 70%, step: { fix: 60% }, rubric: 2 }
    reveal: [truth, solutions, secret]
cards:
  - { q: "What turns one expired key into a stampede?", a: "Readers a second times the rebuild time." }
ci:
  - { name: does nothing, answers: { guess: 1, watch: b }, expect: { fix: "== 0", peak: fail, pass: false } }
  - { name: half way, set: { protect.singleFlight: true }, expect: { peak: pass, fast: fail, later: fail, fix: "< 60%" } }
  - name: knows it
    answers: { guess: 60, order: [all, hits, db], which: "no", watch: a, cost: 55 }
    use: { fix: old-page }
    rubric: { mechanism: 4, watching: 3 }
    hints: { fix: 2 }
    expect: { total: ">= 80%", fix: "== 31", pass: true }
`;
