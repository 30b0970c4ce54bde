import { expect, it } from 'vitest';
import { runCases } from '../host/drill/runCases.ts';
import { readDrill } from './readDrill.ts';
import { talkDrill } from './talkDrill.ts';

it('keeps its own word, so that tests of the page may rely on it', () => {
  const read = readDrill(talkDrill, 'small-talk.drill.yaml');
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  expect(read.drill).toMatchObject({ id: 'small-talk', strict: true });
  const failures = runCases(read.drill).flatMap((one) => one.failures);
  expect(failures).toEqual([]);
});
