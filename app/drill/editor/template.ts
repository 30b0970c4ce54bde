/** A whole drill, as small as one can be: what a new one begins with. */
export const drillTemplate = `drill: 1
id: my-drill
title: My drill
skills: [ttl]
level: junior
minutes: 12
seed: 1
system:
  scenario:
    keyName: product
    duration: 60s
    traffic:
      readers: { rate: 200/s, count: 500 }
    cache: { capacity: 50, ttl: 5s }
    database: { read: 20ms, slots: 8, pool: 20 }
steady:
  - errors == 0 over 0s..20s
faults:
  - { id: rush, at: 30s, do: burst, factor: 4, for: 20s }
steps:
  - id: brief
    kind: brief
    limit: 2m
    text: Say what runs here, what will happen, and what the person may ask.
  - id: guess
    kind: predict
    limit: 2m
    ask: How many reads a second will the database finish at most?
    answer: { type: number, unit: reads a second }
    truth: max(database.qps) over rush..rush+20s
    points: 20
  - id: fix
    kind: intervene
    limit: 4m
    attempts: 3
    task: Keep the database under 100 reads a second.
    allow: [cache.capacity, cache.ttl]
    checks:
      - id: spared
        expect: avg(database.qps) < 100 over 0s..20s
        from: rush
        points: 50
        fail: The database had {observed} reads a second. Why did so many miss?
    hints:
      - { cost: 0, after: 1m, text: Look at the misses by cause. }
    solutions:
      room-and-time: { set: { cache.capacity: 1000, cache.ttl: 60s } }
  - id: why
    kind: explain
    limit: 3m
    ask: Why did it help, and what does it cost?
    rubric:
      - id: reason
        points: 30
        levels:
          "4": Names the cause and gives a number
          "3": Names the cause
          "2": Says what was changed only
          "1": Says nothing of use
  - id: sheet
    kind: score
    limit: 1m
    pass: { total: 70% }
cards:
  - { q: What sets the load on the database behind a cache?, a: "The misses: keys that are new, pushed out or ended." }
ci:
  - { name: does nothing, answers: { guess: 1 }, expect: { spared: fail, total: "< 30%" } }
  - { name: knows it, answers: { guess: 400 }, use: { fix: room-and-time }, rubric: { reason: 4 }, expect: { spared: pass, total: ">= 70%" } }
`;
