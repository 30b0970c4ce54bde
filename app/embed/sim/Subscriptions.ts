import { Refusal } from '../host/Refusal.ts';
import type { Outlet } from '../Unit.ts';
import type { MeasuredFigure } from './simMetrics.ts';

const subscriptionsAtMost = 8;
const shortestMs = 250;

/** Figures that a host wants told again and again: each only when it has changed. */
export class Subscriptions {
  private readonly timers = new Map<string, ReturnType<typeof setInterval>>();
  private readonly figure: (expr: string) => MeasuredFigure;
  private readonly outlet: Outlet;

  constructor(figure: (expr: string) => MeasuredFigure, outlet: Outlet) {
    this.figure = figure;
    this.outlet = outlet;
  }

  /** Tells a figure now and from now on. @throws Refusal for one that cannot be read, and for too many. */
  add(expr: string, everyMs = 500): { every: number } {
    const first = this.figure(expr);
    const isNew = !this.timers.has(expr);
    if (isNew && this.timers.size >= subscriptionsAtMost)
      throw new Refusal('too-many', `${subscriptionsAtMost} figures can be followed at a time.`);
    clearInterval(this.timers.get(expr));
    const every = Math.max(shortestMs, everyMs);
    let lastT = -1;
    const tell = (figure: MeasuredFigure) => {
      if (figure.t === lastT) return;
      lastT = figure.t;
      this.outlet.send('metric', figure);
    };
    tell(first);
    const again = () => {
      try {
        tell(this.figure(expr));
      } catch {
        // Between two runs there is nothing to tell.
      }
    };
    this.timers.set(expr, setInterval(again, every));
    return { every };
  }

  /** Ends one, or all. */
  remove(expr?: string): { left: number } {
    for (const [name, timer] of this.timers) {
      if (expr !== undefined && name !== expr) continue;
      clearInterval(timer);
      this.timers.delete(name);
    }
    return { left: this.timers.size };
  }

  close(): void {
    this.remove();
  }
}
