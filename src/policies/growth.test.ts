import { expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { allPolicies, createAnyPolicy } from './allPolicies.ts';
import { DrivenCache, testContext } from './twins/DrivenCache.ts';

/** Ids come one by one, as in a simulation, so that every table must grow again and again; few are asked for twice. */
const stream = new Stream(7, 'keys');
const ids = Array.from({ length: 9000 }, (_, index) =>
  stream.below(3) === 0 ? Math.floor(index / 3) : Math.max(0, Math.floor(index / 3) - stream.below(900)),
);

it.each(allPolicies.map(({ id }) => id))('%s knows what it holds however far its ids have grown', (id) => {
  const context = testContext(600, ids);
  const cache = new DrivenCache(createAnyPolicy(id, context), context);
  for (const one of ids) cache.request(one);
  // Told of the same ids all at once, it lays out its tables at once.
  const known = testContext(600, ids);
  const hits = createAnyPolicy(id, known).replay(Uint32Array.from(ids), 0, ids.length);
  expect(cache.hits).toBe(hits);
  expect(cache.hits).toBeGreaterThan(0);
});
