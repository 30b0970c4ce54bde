import type { Room } from '../../drill/room.ts';
import type { Sheet } from '../../drill/session/Sheet.ts';
import type { DrillStep } from '../../../src/drills.ts';
import { Refusal } from '../host/Refusal.ts';

/** The step at which something may be done now. @throws Refusal where nothing may: looking on, not begun, finished. */
export function openStep({ role }: Room, { step, log, finished }: Sheet): DrillStep {
  if (role === 'audience') throw new Refusal('read-only', 'This window looks on and does nothing.');
  if (step === undefined || log === undefined)
    throw new Refusal('not-yet', 'The drill has not begun. Whoever sits before it begins it.');
  if (finished) throw new Refusal('finished', 'The drill is finished, and its sheet stays as it is.');
  return step;
}

/** Answers and hints are the candidate's. @throws Refusal for an interviewer. */
export function candidateOnly({ role }: Room): void {
  if (role === 'interviewer') throw new Refusal('not-yours', 'The interviewer neither answers nor takes hints.');
}
