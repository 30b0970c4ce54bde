/** A drill for tests of the page: an order, a talk, a strict clock, and no run to wait for. */
export const talkDrill = `drill: 1
id: small-talk
title: A small talk
skills: [ttl]
level: junior
minutes: 7
seed: 3
strict: true
system:
  scenario:
    keyName: page
    duration: 10s
    traffic: { readers: { rate: 50/s, count: 10 } }
    cache: { ttl: 4s }
    database: { read: 20ms }
steps:
  - id: brief
    kind: brief
    limit: 1m
    text: Ten pages, fifty readers a second.
  - id: most
    kind: predict
    limit: 2m
    ask: Put these in order.
    answer:
      type: order
      options: { db: database reads, hits: hits, all: requests }
    truth: { db: "rows{op=database.read}", hits: sum(cache.hits), all: sum(requests.arrived) }
    points: 40
  - id: chat
    kind: talk
    limit: 3m
    text: What would you watch next time?
    interviewer: { listen_for: [names a figure and a limit], note: Ask why once. }
    rubric:
      - { id: watching, title: Names a signal, points: 60 }
  - id: sheet
    kind: score
    limit: 1m
    pass: { total: 60%, rubric: 2 }
    reveal: [truth]
ci:
  - { name: says nothing, rubric: { watching: 1 }, expect: { pass: false } }
  - { name: knows it, answers: { most: [all, hits, db] }, rubric: { watching: 4 }, expect: { most: "== 40", total: ">= 90%", pass: true } }
`;
