import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyLinks, KeyList } from './KeyList.ts';

const IDS = 12;

/** What is done to which of two lists, with which id. */
const steps = fc.array(
  fc.record({
    verb: fc.constantFrom(
      'pushFront',
      'pushBack',
      'insertAfter',
      'moveToFront',
      'remove',
      'popFront',
      'popBack',
      'clear',
    ),
    list: fc.nat(1),
    id: fc.nat(IDS - 1),
  }),
  { maxLength: 120 },
);

function forwards(list: KeyList): number[] {
  return list.fromFront(IDS + 1);
}

describe('KeyList', () => {
  it('keeps two lists over shared links as two plain arrays would', () => {
    const run = fc.property(steps, fc.constantFrom(1, 400), (todo, spread) => {
      const links = new KeyLinks();
      const lists = [new KeyList(links), new KeyList(links)];
      const arrays: number[][] = [[], []];
      for (const { verb, list, id: small } of todo) {
        const id = small * spread;
        const [real, model] = [lists[list], arrays[list]];
        const inside = model.indexOf(id);
        const free = inside < 0 && !arrays[1 - list].includes(id);
        if (verb === 'pushFront' && free) {
          real.pushFront(id);
          model.unshift(id);
        } else if (verb === 'pushBack' && free) {
          real.pushBack(id);
          model.push(id);
        } else if (verb === 'insertAfter' && free) {
          const place = small % (model.length + 1);
          real.insertAfter(place === 0 ? -1 : model[place - 1], id);
          model.splice(place, 0, id);
        } else if (verb === 'moveToFront' && inside >= 0) {
          real.moveToFront(id);
          model.unshift(...model.splice(inside, 1));
        } else if (verb === 'remove' && inside >= 0) {
          real.remove(id);
          model.splice(inside, 1);
        } else if (verb === 'clear' && small === 0) {
          real.clear();
          model.splice(0);
        } else if (verb === 'popFront') expect(real.popFront()).toBe(model.shift() ?? -1);
        else if (verb === 'popBack') expect(real.popBack()).toBe(model.pop() ?? -1);
        for (const k of [0, 1]) {
          expect(forwards(lists[k])).toEqual(arrays[k]);
          expect(lists[k].fromBack(IDS + 1)).toEqual(arrays[k].toReversed());
          expect([lists[k].size, lists[k].front, lists[k].back]).toEqual([
            arrays[k].length,
            arrays[k][0] ?? -1,
            arrays[k].at(-1) ?? -1,
          ]);
        }
      }
    });
    fc.assert(run, { numRuns: 300 });
  });

  it('shows as many ids as it is asked for', () => {
    const list = new KeyList();
    for (let id = 0; id < 9; id++) list.pushBack(id);
    expect(list.fromFront(3)).toEqual([0, 1, 2]);
    expect(list.fromBack(3)).toEqual([8, 7, 6]);
    expect(list.fromBack(0)).toEqual([]);
    expect([list.next(3), list.previous(3), list.next(8), list.previous(0)]).toEqual([4, 2, -1, -1]);
  });
});
