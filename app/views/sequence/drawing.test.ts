// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { prepareDrawing } from './drawing.ts';
import type { SequenceModel } from './model.ts';

const message = { from: 0, to: 1, kind: 'call', label: 'GET', text: 'GET', meaning: null, background: false } as const;
const model: SequenceModel = {
  request: 1,
  startUs: 1_000_000,
  participants: [
    { node: 0, title: 'Client' },
    { node: 1, title: 'App' },
  ],
  messages: [
    { ...message, sentUs: 1_000_000, arrivedUs: 1_000_500 },
    { ...message, from: 1, to: 0, sentUs: 1_152_800, arrivedUs: 1_153_000 },
  ],
  notes: [],
  blocks: [],
  activations: [],
  left: 0,
};

it('draws the times in one column, under their unit', () => {
  document.body.innerHTML = `<svg viewBox="0 0 100 90">
    <text class="actor" y="12">Client</text>
    <text class="messageText">GET</text><line data-et="message" y1="40"/>
    <text class="messageText">GET</text><line data-et="message" y1="70"/>
  </svg>`;
  const svg = document.querySelector('svg') as SVGSVGElement;
  // As in a browser, where it lives with the attribute.
  const part = (place: number) => Number(svg.getAttribute('viewBox')?.split(' ')[place]);
  const baseVal = Object.defineProperties(
    {},
    Object.fromEntries(['x', 'y', 'width', 'height'].map((name, place) => [name, { get: () => part(place) }])),
  );
  Object.defineProperty(svg, 'viewBox', { value: { baseVal } });
  const drawing = prepareDrawing(svg, model);
  const times = [...svg.querySelectorAll('[data-part="time"]')];
  const drawn = times.map((part) => [Number(part.getAttribute('y')), part.textContent]);
  expect(drawn.sort((a, b) => Number(a[0]) - Number(b[0]))).toEqual([
    [31, 'ms'],
    [44, '0'],
    [74, '153'],
  ]);
  expect(new Set(times.map((part) => part.getAttribute('x'))).size).toBe(1);
  // Sized by what is drawn: times take 12 more.
  expect([part(2), svg.style.minWidth]).toEqual([112, '89px']);
  // The unit belongs to no message: it never pales.
  expect(drawing?.messages.flat().some(({ textContent }) => textContent === 'ms')).toBe(false);
});
