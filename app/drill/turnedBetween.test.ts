import { expect, it } from 'vitest';
import { readScenario } from '../../src/reading.ts';
import { turnedBetween } from './turnedBetween.ts';

const read = readScenario({
  scenario: 1,
  id: 'small',
  title: 'Small',
  cache: { ttl: '60s' },
  traffic: { readers: { rate: '10/s', count: 5 } },
});
if ('problems' in read) throw new Error(JSON.stringify(read.problems));
const { scenario } = read;
const paths = ['cache.ttl', 'protect.singleFlight', 'app.servers'];

it('names what changed, as written, and nothing that means the same', () => {
  expect(turnedBetween(scenario, paths, {}, { 'cache.ttl': '30s', 'protect.singleFlight': true })).toEqual({
    'cache.ttl': '30s',
    'protect.singleFlight': true,
  });
  expect(turnedBetween(scenario, paths, { 'cache.ttl': '60000ms' }, {})).toEqual({});
});

it('what goes back to its own value is turned back', () => {
  const back = turnedBetween(scenario, paths, { 'cache.ttl': '30s', 'protect.singleFlight': true }, {});
  expect(back).toEqual({ 'cache.ttl': '60s', 'protect.singleFlight': false });
});

it('leaves alone what is fixed at the start of a run, and what a task does not allow', () => {
  expect(turnedBetween(scenario, paths, {}, { 'app.servers': 3, 'cache.capacity': 9 })).toEqual({});
});
