import { markdownOf } from '../../../src/drills.ts';
import type { Room } from '../../drill/room.ts';
import { readSheet, type Sheet } from '../../drill/session/Sheet.ts';
import type { Command, CommandName } from '../host/messages.ts';
import { Refusal } from '../host/Refusal.ts';
import type { Outlet, Unit } from '../Unit.ts';
import { type DrillReportOptions, DrillReports } from './DrillReports.ts';
import { goToStep } from './goToStep.ts';
import { handIn } from './handIn.ts';
import { takeHint } from './takeHint.ts';

/** What a drill does for its host: what the person before it could do with a button, by the same rules. */
export const drillCommands: readonly CommandName[] = ['getState', 'goto', 'answer', 'hint', 'export'];

/** A drill that does what a host asks, and tells it how it goes. */
export class DrillUnit implements Unit {
  readonly does = drillCommands;
  private readonly room: Room;
  private readonly reports: DrillReports;

  constructor(room: Room, outlet: Outlet, options: DrillReportOptions) {
    this.room = room;
    this.reports = new DrillReports(room, outlet, options);
  }

  close(): void {
    this.reports.close();
  }

  obey(command: Command): unknown {
    switch (command.type) {
      case 'getState':
        return this.state();
      case 'goto':
        return goToStep(this.room, this.sheet, command.data.step);
      case 'answer':
        return handIn(this.room, this.sheet, command.data.id, command.data.value, command.data.confidence);
      case 'hint':
        return takeHint(this.room, this.sheet, command.data?.id);
      case 'export':
        return this.export(command.data?.format ?? 'json');
      default:
        throw new Refusal('not-here', `A drill does not know ${command.type}.`);
    }
  }

  private get sheet(): Sheet {
    return readSheet(this.room.drill, this.room.role, this.room.log.store.getState());
  }

  private state(): unknown {
    const { step, place, seed, finished, log } = this.sheet;
    return { step: step?.id ?? null, place: place + 1, seed, begun: log !== undefined, finished };
  }

  private export(format: 'json' | 'markdown' | 'link'): unknown {
    const { log } = this.sheet;
    if (log === undefined) throw new Refusal('not-yet', 'The drill has not begun.');
    if (format === 'link') throw new Refusal('bad-format', 'A drill is exported as json or markdown.');
    const result = this.reports.result(log);
    return { format, text: format === 'json' ? JSON.stringify(result) : markdownOf(result) };
  }
}
