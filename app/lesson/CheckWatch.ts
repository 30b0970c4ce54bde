import type { Stage } from '../stage/Stage.ts';
import type { Judge } from './checking.ts';

/** How a check stands that is being watched. */
export interface CheckState {
  /** It has held at some moment of this run. */
  met: boolean;
  /** What is wrong with the check itself; empty where nothing is. */
  problem: string;
}

/** Between two looks at a run, real milliseconds at least. */
const pauseMs = 250;
/** A look may take this part of the time at most. */
const dutyCycle = 0.1;

/**
 * Watches the checks of one stage: looks at the run up to its playhead, four times a second at most, and keeps a check met
 * once it was, until somebody starts the run again. Costs nothing once all are met.
 */
export class CheckWatch {
  private readonly stage: Stage;
  private readonly load: () => Promise<Judge>;
  private readonly watched = new Map<string, { state: CheckState; listeners: Set<() => void> }>();
  private stop: (() => void) | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private resets: number;
  private nextMs = 0;
  private lookedAt = { atUs: -1, revision: -1 };

  constructor(stage: Stage, load: () => Promise<Judge>) {
    this.stage = stage;
    this.load = load;
    this.resets = stage.store.getState().resets;
  }

  /** How a check stands now. The same object until it changes. */
  state(text: string): CheckState {
    return this.watched.get(text)?.state ?? waiting;
  }

  /** Follows a check; returns how to stop. */
  watch(text: string, listener: () => void): () => void {
    const entry = this.watched.get(text) ?? { state: waiting, listeners: new Set() };
    this.watched.set(text, entry);
    entry.listeners.add(listener);
    this.stop ??= this.stage.store.subscribe(() => this.changed());
    this.lookedAt = { atUs: -1, revision: -1 };
    this.changed();
    return () => {
      entry.listeners.delete(listener);
      if ([...this.watched.values()].some(({ listeners }) => listeners.size > 0)) return;
      this.stop?.();
      this.stop = undefined;
      clearTimeout(this.timer);
      this.timer = undefined;
    };
  }

  private changed(): void {
    const { resets } = this.stage.store.getState();
    if (resets !== this.resets) {
      this.resets = resets;
      for (const text of this.watched.keys()) this.set(text, waiting);
      // The playhead is on its way back; what lies behind it must not count again.
      this.nextMs = performance.now() + pauseMs;
    }
    if (this.open().length === 0) return;
    this.timer ??= setTimeout(() => void this.look(), Math.max(0, this.nextMs - performance.now()));
  }

  private async look(): Promise<void> {
    const judge = await this.load();
    this.timer = undefined;
    const { runs, revision } = this.stage.store.getState();
    const { atUs } = this.stage.playhead;
    const [run] = runs;
    const isSame = atUs === this.lookedAt.atUs && revision === this.lookedAt.revision;
    if (run === null || run === undefined || isSame) return;
    this.lookedAt = { atUs, revision };
    const startMs = performance.now();
    const texts = this.open();
    judge.checkAll(texts, run, atUs).forEach(({ status, message }, index) => {
      if (status === 'pass') this.set(texts[index], { met: true, problem: '' });
      if (status === 'error') this.set(texts[index], { met: false, problem: message });
    });
    const nowMs = performance.now();
    this.nextMs = nowMs + Math.max(pauseMs, (nowMs - startMs) / dutyCycle);
  }

  /** Checks that somebody watches and that have not been met. */
  private open(): string[] {
    return [...this.watched]
      .filter(([, { state, listeners }]) => listeners.size > 0 && !state.met && state.problem === '')
      .map(([text]) => text);
  }

  private set(text: string, state: CheckState): void {
    const entry = this.watched.get(text);
    if (entry === undefined || entry.state === state) return;
    entry.state = state;
    for (const listener of entry.listeners) listener();
  }
}

const waiting: CheckState = { met: false, problem: '' };
