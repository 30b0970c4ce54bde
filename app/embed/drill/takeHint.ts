import type { Room } from '../../drill/room.ts';
import type { Sheet } from '../../drill/session/Sheet.ts';
import { spentAt } from '../../drill/session/stepTimes.ts';
import { Refusal } from '../host/Refusal.ts';
import { candidateOnly, openStep } from './mayAct.ts';

/** A hint that was opened, and what comes after it. */
export interface HintGiven {
  /** Step and number, like `fix/1`. */
  id: string;
  text: string;
  /** Points that it takes off. */
  cost: number;
  /** The one after it; null after the last. */
  next: { cost: number; afterS: number } | null;
}

/** Opens the next hint of the step, as the button does: it costs what it costs, and opens no sooner. @throws Refusal. */
export function takeHint(room: Room, sheet: Sheet, id: string | undefined): HintGiven {
  const step = openStep(room, sheet);
  candidateOnly(room);
  if (id !== undefined && id !== step.id)
    throw new Refusal('bad-id', `The drill is at the step “${step.id}”, not at “${id}”.`);
  const taken = new Set(sheet.log?.hints.filter((hint) => hint.step === step.id).map(({ n }) => n));
  const place = step.hints.findIndex((_, index) => !taken.has(index + 1));
  const hint = step.hints[place];
  if (hint === undefined)
    throw new Refusal('no-hint', taken.size > 0 ? 'There are no more hints here.' : 'This step has no hints.');
  const waitMs = hint.afterS * 1000 - spentAt(sheet.times, step.id, room.log.nowMs());
  if (waitMs > 0) throw new Refusal('not-yet', `This hint opens in ${Math.ceil(waitMs / 1000)} s.`);
  room.log.act({ do: 'hint', step: step.id, n: place + 1 });
  const next = step.hints[place + 1];
  return {
    id: `${step.id}/${place + 1}`,
    text: hint.text,
    cost: hint.cost,
    next: next === undefined ? null : { cost: next.cost, afterS: next.afterS },
  };
}
