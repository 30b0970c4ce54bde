import { useEffect } from 'react';
import { announce } from '../ui/announce.ts';
import { useRoom } from './room.ts';
import type { Sheet } from './session/Sheet.ts';
import { limitOf, spentAt } from './session/stepTimes.ts';
import { useNowMs } from './useNowMs.ts';

/** Says once a step that its limit has passed, and writes it down. Nothing is taken away for it. */
export function usePace(sheet: Sheet): void {
  const { log } = useRoom();
  const { step, times, finished } = sheet;
  const nowMs = useNowMs(log, step !== undefined && !finished);
  const isOver =
    step !== undefined && !finished && spentAt(times, step.id, nowMs) >= limitOf(times, step.id, step.limitS * 1000);
  const id = step?.id ?? '';
  const isKnown = sheet.log?.steps.some((one) => one.id === id && one.expired === true) ?? false;
  useEffect(() => {
    if (!isOver || isKnown) return;
    log.act({ do: 'expired', step: id });
    announce('The time of this step is over. What you wrote is kept, and you may go on.');
  }, [isOver, isKnown, id, log]);
}
