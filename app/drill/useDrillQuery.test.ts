import { expect, it } from 'vitest';
import { readDrillQuery } from './useDrillQuery.ts';

it('reads who sits at this window, and in which session', () => {
  expect(readDrillQuery('#/drill/x')).toEqual({ role: 'solo', session: '', notice: '' });
  expect(readDrillQuery('#/drill/x?role=candidate&session=a-1')).toEqual({
    role: 'candidate',
    session: 'a-1',
    notice: '',
  });
  expect(readDrillQuery('#/drill/x?role=audience')).toMatchObject({ session: 'main', notice: '' });
  expect(readDrillQuery('#/drill/x?role=boss').notice).toContain('“boss”');
  expect(readDrillQuery('#/drill/x?role=candidate&session=<b>')).toMatchObject({
    session: 'main',
    notice: expect.stringContaining('letters'),
  });
});
