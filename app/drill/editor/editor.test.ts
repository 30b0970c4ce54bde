import { describe, expect, it } from 'vitest';
import { readDrill } from '../../../src/drills.ts';
import { suggestionsAt } from './completions.ts';
import { decodeDrillLink, drillLinkLimits, encodeDrillLink } from './drillLink.ts';
import { drillTemplate } from './template.ts';
import { yamlPlaceAt } from './yamlPlace.ts';

/** The place of `|` in a text. */
function placeOf(marked: string) {
  return yamlPlaceAt(marked.replace('|', ''), marked.indexOf('|'));
}

function labelsOf(marked: string): string[] {
  return suggestionsAt(placeOf(marked), ['home', 'hot-key']).map(({ label }) => label);
}

describe('the place of the cursor', () => {
  it.each([
    ['dri|', '', 'key'],
    ['title: x|', 'title', 'value'],
    ['system:\n  sc|', 'system', 'key'],
    ['system:\n  scenario: ho|', 'system.scenario', 'value'],
    ['system:\n  set:\n    cache.t|', 'system.set', 'key'],
    ['steady:\n  - max(da|', 'steady.*', 'value'],
    ['faults:\n  - { id: a, do: |', 'faults.*.do', 'value'],
    ['faults:\n  - { id: a, |', 'faults.*', 'key'],
    ['steps:\n  - id: fix\n    kind: inter|', 'steps.*.kind', 'value'],
    ['steps:\n  - id: fix\n    kind: intervene\n    allow: [cache.ttl, ca|', 'steps.*.allow.*', 'value'],
    ['steps:\n  - id: fix\n    checks:\n      - id: peak\n        exp|', 'steps.*.checks.*', 'key'],
    ['steps:\n  - id: a\n    kind: brief\n  - |', 'steps.*', 'key'],
    ['steps:\n  - id: fix\n    solutions:\n      one: { set: { cache.|', 'steps.*.solutions.one.set', 'key'],
  ])('%j', (marked, path, on) => {
    const place = placeOf(marked);
    expect([place.path.join('.'), place.on]).toEqual([path, on]);
  });

  it('never throws, wherever the cursor is', () => {
    for (let offset = 0; offset <= drillTemplate.length; offset += 7)
      expect(() => suggestionsAt(yamlPlaceAt(drillTemplate, offset), [])).not.toThrow();
    for (const strange of ['{{{[[[', '- - - -', '"', ':::', '\t- {a: [', '  - x: {y: "'])
      yamlPlaceAt(strange, strange.length);
  });
});

describe('what is offered', () => {
  it('names fields that are not there yet', () => {
    expect(labelsOf('drill: 1\n|\ntitle: x')).toEqual(expect.arrayContaining(['id', 'system', 'steps']));
    expect(labelsOf('drill: 1\n|\ntitle: x')).not.toContain('title');
  });

  it('offers a step the fields of its kind only', () => {
    const brief = labelsOf('steps:\n  - id: a\n    kind: brief\n    |');
    expect(brief).toContain('text');
    expect(brief).not.toContain('checks');
    expect(labelsOf('steps:\n  - id: a\n    kind: intervene\n    |')).toEqual(
      expect.arrayContaining(['allow', 'checks', 'task']),
    );
  });

  it('offers real settings, metrics, faults, kinds and scenarios', () => {
    expect(labelsOf('system:\n  set:\n    cache.t|')).toEqual(expect.arrayContaining(['cache.ttl', 'protect.stale']));
    expect(labelsOf('steps:\n  - kind: intervene\n    allow: [|')).toContain('cache.jitter');
    expect(labelsOf('steady:\n  - max(da|')).toEqual(expect.arrayContaining(['database.qps', 'p99', 'read.latency']));
    expect(labelsOf('faults:\n  - { do: |')).toEqual(expect.arrayContaining(['expire', 'slow', 'kill']));
    expect(labelsOf('steps:\n  - kind: |')).toEqual(expect.arrayContaining(['predict', 'talk', 'score']));
    expect(labelsOf('system:\n  scenario: |')).toEqual(['home', 'hot-key']);
  });
});

describe('a new drill', () => {
  it('is whole', () => {
    expect(readDrill(drillTemplate, 'my-drill.drill.yaml')).toHaveProperty('drill');
  });
});

describe('a link', () => {
  it('carries the text to and fro', async () => {
    const text = `${drillTemplate}# Grüße 🚀\n`;
    expect(await decodeDrillLink(await encodeDrillLink(text))).toEqual({ text });
  });

  it('is refused in words where it is broken', async () => {
    const link = await encodeDrillLink(drillTemplate);
    const changed = link.slice(0, 40) + (link[40] === 'A' ? 'B' : 'A') + link.slice(41);
    for (const bad of [
      '',
      'a b',
      link.slice(0, -9),
      changed,
      `A${link.slice(1)}`,
      'x'.repeat(drillLinkLimits.packedCharacters + 1),
    ])
      expect(await decodeDrillLink(bad)).toEqual({ error: expect.stringContaining('This link is broken') });
  });

  it('does not unfold without end, and does not pack what nobody could open', async () => {
    await expect(encodeDrillLink('x'.repeat(drillLinkLimits.unpackedBytes + 1))).rejects.toThrow('too long for a link');
  });
});
