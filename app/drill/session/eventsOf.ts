import type { DrillLog, SettingsPatch } from '../../../src/drills.ts';
import type { Pace, SheetAct, SheetEvent } from './SheetAct.ts';

/** The acts of a log that came as a file: what runs said of it is left out, so that it is measured anew. */
export function eventsOf(log: DrillLog): SheetEvent[] {
  const acts: [atS: number, act: SheetAct][] = [];
  const pace: Pace = log.extraTime === 0 ? 'none' : log.extraTime >= 2 ? '2' : log.extraTime > 1 ? '1.5' : '1';
  acts.push([0, { do: 'begin', seed: log.seed, interview: true, pace, startedAt: log.startedAt }]);
  for (const { id, startS, extendedS, expired } of log.steps) {
    acts.push([startS, { do: 'goto', step: id }]);
    if (extendedS !== undefined && extendedS > 0) acts.push([startS, { do: 'extend', step: id, ms: extendedS * 1000 }]);
    if (expired === true) acts.push([startS, { do: 'expired', step: id }]);
  }
  for (const { atS, step, value, confidence } of log.answers)
    acts.push([atS, { do: 'answer', step, value, ...(confidence === undefined ? {} : { confidence }) }]);
  for (const { atS, step, attempt, commands } of log.attempts) {
    const atStart = commands.map((command) => ('set' in command && command.us === 0 ? command.set : {}));
    const which = { step, n: attempt };
    acts.push([atS, { do: 'attempt', ...which, set: Object.assign({}, ...atStart) as SettingsPatch }]);
    for (const command of commands) {
      const { us: atUs } = command;
      if ('inject' in command) {
        const what = { id: 'from the file', byScript: false, atUs, action: command.inject };
        acts.push([atS, { do: 'inject', ...which, ...what }]);
      } else if (atUs > 0) acts.push([atS, { do: 'turn', ...which, atUs, set: command.set }]);
    }
    acts.push([atS, { do: 'ran', step, n: attempt }]);
  }
  for (const { atS, step, n } of log.hints) acts.push([atS, { do: 'hint', step, n }]);
  for (const { atS, text } of log.notes) acts.push([atS, { do: 'note', text }]);
  return acts
    .map(([atS, act], index) => ({ from: 'file', n: index, atMs: Math.round(atS * 1000), act }))
    .sort((a, b) => a.atMs - b.atMs || a.n - b.n);
}
