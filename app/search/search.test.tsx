// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { find } from './find.ts';
import { SearchDialog } from './SearchDialog.tsx';

const first = (words: string) => find(words)[0]?.found[0];

describe('find', () => {
  it('finds of every kind, the kind with the best match first', () => {
    expect(first('write-behind')?.kind).toBeDefined();
    const kinds = find('stale').map(({ kind }) => kind);
    expect(kinds).toContain('term');
    expect(kinds).toContain('scenario');
    expect(kinds).toContain('experiment');
  });

  it('finds a lesson by its title, a term by its other name, an experiment by its claim’s id', () => {
    expect(first('why a cache')).toMatchObject({ kind: 'lesson', to: '/learn/why-a-cache' });
    expect(find('dogpile').flatMap(({ found }) => found)).toContainEqual(
      expect.objectContaining({ to: '/glossary?term=stampede' }),
    );
    expect(find('F1').some(({ kind }) => kind === 'experiment')).toBe(true);
  });

  it('forgives a letter, and half a word', () => {
    expect(find('stampde').flatMap(({ found }) => found.map(({ title }) => title))).toContain('stampede');
    expect(find('evict').length).toBeGreaterThan(0);
  });

  it('leaves out the figures of lessons, and finds nothing for nonsense', () => {
    expect(find('xqzvw')).toEqual([]);
    expect(find('  ')).toEqual([]);
    expect(find('lesson').flatMap(({ found }) => found.filter(({ to }) => to.startsWith('/play/lesson-')))).toEqual([]);
  });
});

describe('the dialog', () => {
  let root: Root;
  let closed: number;

  beforeEach(async () => {
    (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
    closed = 0;
    location.hash = '';
    root = createRoot(document.body.appendChild(document.createElement('div')));
    await act(async () => root.render(<SearchDialog open onClose={() => closed++} />));
    // What searches is fetched when the dialog opens.
    await act(async () => import('./find.ts'));
  });

  afterEach(async () => {
    await act(async () => root.unmount());
    document.body.replaceChildren();
  });

  const field = () => document.querySelector<HTMLInputElement>('[role=combobox]') as HTMLInputElement;
  const selected = () => document.querySelector('[aria-selected=true]');

  async function type(text: string) {
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
    await act(async () => {
      // React looks away when its own setter is used.
      value?.set?.call(field(), text);
      field().dispatchEvent(new Event('input', { bubbles: true }));
    });
  }

  const press = (key: string) =>
    act(async () => field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })));

  it('says what can be searched before there is a word, and what to do where nothing is found', async () => {
    expect(document.body.textContent).toContain('Lessons, words of the glossary');
    await type('xqzvw');
    expect(document.querySelector('output')?.textContent).toContain('Nothing has “xqzvw”');
    expect(field().getAttribute('aria-expanded')).toBe('false');
  });

  it('chooses with the arrows, round at the ends, and tells the field which one', async () => {
    await type('stale');
    const options = [...document.querySelectorAll('[role=option]')];
    expect(options.length).toBeGreaterThan(2);
    expect(selected()).toBe(options[0]);
    await press('ArrowDown');
    expect(selected()).toBe(options[1]);
    expect(field().getAttribute('aria-activedescendant')).toBe(options[1].id);
    await press('ArrowUp');
    await press('ArrowUp');
    expect(selected()).toBe(options.at(-1));
  });

  it('closes and goes there with Enter', async () => {
    await type('why a cache');
    await press('Enter');
    expect(closed).toBe(1);
    expect(location.href).toContain('/learn/why-a-cache');
  });
});
