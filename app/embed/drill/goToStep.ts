import type { Room } from '../../drill/room.ts';
import { answerAt, isStepDone, type Sheet } from '../../drill/session/Sheet.ts';
import { Refusal } from '../host/Refusal.ts';
import { openStep } from './mayAct.ts';

/**
 * Goes on to the next step, where the person's own button would be there; to stay is no error. A drill has no way back.
 * @param wanted number from 1, or id of a step. @throws Refusal.
 */
export function goToStep(room: Room, sheet: Sheet, wanted: number | string): { step: string; place: number } {
  const { drill, log, role } = room;
  const step = openStep(room, sheet);
  const place = typeof wanted === 'number' ? wanted - 1 : drill.steps.findIndex(({ id }) => id === wanted);
  const target = drill.steps[place];
  if (target === undefined)
    throw new Refusal('bad-step', `This drill has the steps ${drill.steps.map(({ id }) => id).join(', ')}.`);
  const told = { step: target.id, place: place + 1 };
  if (place === sheet.place) return told;
  if (place < sheet.place) throw new Refusal('no-way-back', 'A drill goes on only: what was handed in stays.');
  if (place > sheet.place + 1)
    throw new Refusal('too-far', `The next step is “${drill.steps[sheet.place + 1].id}”; no step is left out.`);
  if (role === 'interviewer') {
    log.act({ do: 'goto', step: target.id, skipped: !isStepDone(sheet, step) });
    return told;
  }
  if (step.kind === 'observe' && !sheet.watched.has(step.id))
    throw new Refusal('not-yet', 'The run has to be watched up to its moment first.');
  const text = sheet.drafts[step.id]?.value;
  // As by hand: what is written of a text is handed in with the way on.
  if (
    step.kind === 'explain' &&
    answerAt(sheet, step.id) === undefined &&
    typeof text === 'string' &&
    text.trim() !== ''
  )
    log.act({ do: 'answer', step: step.id, value: text });
  log.act({ do: 'goto', step: target.id });
  return told;
}
