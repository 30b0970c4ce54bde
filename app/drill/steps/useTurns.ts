import { type RefObject, useEffect, useRef } from 'react';
import type { InterveneStep } from '../../../src/drills.ts';
import { announce } from '../../ui/announce.ts';
import { readSettingsDraft } from '../readSettingsDraft.ts';
import { type Room, useRoom } from '../room.ts';
import { commandsOf } from '../session/drillLogOf.ts';
import { setOf } from '../setOf.ts';
import { turnedBetween } from '../turnedBetween.ts';
import { formatMoment, saySettings } from '../words.ts';

/** How long a movement has to rest before it counts: a drag is one change, not fifty. */
const restMs = 400;

interface Turns {
  /** The stage puts in here what says when a change takes hold. */
  now: RefObject<(() => number) | null>;
  /** The draft of the settings has changed. @param isDone false while a movement goes on */
  turn: (isDone: boolean) => void;
}

/** Turns settings in the run of an attempt: what the draft says more than the log becomes an act with its virtual time. */
export function useTurns(step: InterveneStep, attempt: number): Turns {
  const room = useRoom();
  const now = useRef<(() => number) | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const turn = (isDone: boolean) => {
    clearTimeout(timer.current);
    if (attempt === 0) return;
    const act = () => turnNow(room, step, attempt, now.current);
    if (isDone) act();
    else timer.current = setTimeout(act, restMs);
  };
  return { now, turn };
}

function turnNow({ drill, log }: Room, step: InterveneStep, n: number, now: (() => number) | null): void {
  const { events, drafts } = log.store.getState();
  if (events.some(({ act }) => act.do === 'ran' && act.step === step.id && act.n === n)) return;
  const commands = commandsOf(events, step.id, n);
  const set = turnedBetween(drill.scenario, step.allow, setOf({ commands }), readSettingsDraft(drafts[step.id]?.value));
  if (Object.keys(set).length === 0) return;
  // While the stage is being loaded, the run stands where it opens, or where it was told to be last.
  // Never before an earlier change.
  const knownUs = now?.() ?? Math.max(1, drill.scenario.view.at, Math.ceil(log.toldUs(step.id, n)));
  const atUs = Math.max(knownUs, ...commands.map((command) => ('set' in command ? command.us : 0)));
  if (atUs >= Math.min(step.run.toUs, drill.scenario.duration)) return;
  log.act({ do: 'turn', step: step.id, n, atUs, set });
  announce(`${saySettings(set)}, from ${formatMoment(atUs, drill.scenario.clock)} on.`);
}
