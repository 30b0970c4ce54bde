import type { EmbedLook } from './EmbedLook.ts';
import type { Command } from './host/messages.ts';
import { Refusal } from './host/Refusal.ts';
import { reachableIn } from './host/slideKeys.ts';
import { prefersCalm } from '../stage/useStage.ts';
import type { Unit } from './Unit.ts';

const waitMs = 5000;

/** Where commands go: to the embed itself, or to whichever unit is in charge, waiting a little for one that is on its way. */
export class UnitDesk {
  private unit: Unit | null = null;
  private slideShown = false;
  private waiting: ((unit: Unit) => void)[] = [];
  private readonly look: EmbedLook;

  constructor(look: EmbedLook) {
    this.look = look;
  }

  /** Puts a unit in charge; null while another is on its way. */
  readonly take = (unit: Unit | null): void => {
    this.unit = unit;
    if (unit === null) return;
    for (const resolve of this.waiting.splice(0)) resolve(unit);
    if (this.slideShown) this.onSlide(true);
  };

  /** Does a command; what it resolves to is the answer. Rejects with a Refusal. */
  async obey(command: Command): Promise<unknown> {
    if (command.type === 'theme') return this.look.change(command.data.theme, command.data.tokens);
    if (command.type === 'focus') return focus(command.data?.end ?? 'first');
    const unit = this.unit ?? (await this.arrival());
    if (!unit.does.includes(command.type))
      throw new Refusal('not-here', `This embed does not do ${command.type}. See capabilities in ready.`);
    const done = await unit.obey(command);
    // Another run takes the place of this one: it is done when that is there.
    if (command.type === 'setState' && (this.unit === unit || this.unit === null)) await this.arrival();
    return done;
  }

  /** A slide that comes is no press of a button: where less motion is asked for, nothing starts by it. */
  readonly onSlide = (shown: boolean): void => {
    this.slideShown = shown;
    if (this.unit === null || (shown && prefersCalm())) return;
    try {
      void this.unit.obey({ type: shown ? 'play' : 'pause', data: undefined });
    } catch {
      // A lesson whose figures are not there yet, or a drill, which has its own start.
    }
  };

  private arrival(): Promise<Unit> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Refusal('not-yet', 'Nothing runs yet.')), waitMs);
      this.waiting.push((unit) => {
        clearTimeout(late);
        resolve(unit);
      });
    });
  }
}

function focus(end: 'first' | 'last'): unknown {
  const stops = reachableIn(document);
  const stop = end === 'first' ? stops[0] : stops.at(-1);
  stop?.focus();
  return { focused: stop !== undefined };
}
