import type { Action, Batch, FromWorker, RunMeta, Scenario, ToWorker } from '../../src/index.ts';

/** What a run tells its owner. */
export interface RunListener {
  opened(meta: RunMeta): void;
  batch(batch: Batch, more: boolean): void;
  /** The engine threw: the message, and the virtual time reached. */
  failed(message: string, atUs: number): void;
  /** The worker hung or died and was replaced: open the run anew. */
  lost(): void;
}

const silenceMs = 4000;

/**
 * The page's side of the simulation worker: one worker for all stages, runs told apart by number. A worker that does not
 * answer for four seconds is replaced, and every run is told to open anew.
 */
export class EngineClient {
  private worker: Worker | null = null;
  private readonly listeners = new Map<number, RunListener>();
  private nextRun = 1;
  private waitingSince = 0;
  /** The worker waits for the network, not for itself. */
  private fetching = false;
  private watchdog: ReturnType<typeof setInterval> | null = null;

  /** Starts the worker before there is anything to run, so that it is there when there is. */
  warm(): void {
    this.worker ??= this.start();
  }

  /** Starts a run; answers come to the listener. Returns its number. */
  open(scenario: Scenario, actions: readonly Action[], listener: RunListener): number {
    const run = this.nextRun++;
    this.listeners.set(run, listener);
    this.send({ type: 'open', run, scenario, actions });
    return run;
  }

  /** Asks for everything before `untilUs`; with the span hash of it, where one is wanted. */
  advance(run: number, untilUs: number, withHash?: boolean): void {
    this.send({ type: 'advance', run, untilUs, withHash });
  }

  /** Acts upon a run that goes on. */
  act(run: number, action: Action): void {
    this.send({ type: 'act', run, action });
  }

  /** Ends a run; nothing more is heard of it. */
  close(run: number): void {
    if (!this.listeners.delete(run)) return;
    if (this.worker !== null) this.worker.postMessage({ type: 'close', run } satisfies ToWorker);
    if (this.listeners.size === 0) this.waitingSince = 0;
  }

  private send(message: ToWorker): void {
    this.worker ??= this.start();
    if (this.waitingSince === 0 && message.type !== 'act') this.waitingSince = performance.now();
    this.worker.postMessage(message);
  }

  private start(): Worker {
    const worker = new Worker(new URL('../../src/host/worker.ts', import.meta.url), {
      type: 'module',
      name: 'hotpath-engine',
    });
    worker.onmessage = (event: MessageEvent<FromWorker>) => this.receive(event.data);
    worker.onerror = () => this.replace();
    this.watchdog ??= setInterval(() => this.watch(), 1000);
    return worker;
  }

  private receive(message: FromWorker): void {
    this.waitingSince = 0;
    this.fetching = message.type === 'fetching';
    if (message.type === 'ready' || message.type === 'fetching') return;
    const listener = this.listeners.get(message.run);
    if (listener === undefined) return;
    if (message.type === 'opened') listener.opened(message.meta);
    else if (message.type === 'batch') {
      if (message.more) this.waitingSince = performance.now();
      listener.batch(message.batch, message.more);
    } else {
      this.listeners.delete(message.run);
      listener.failed(message.message, message.atUs);
    }
  }

  private watch(): void {
    if (this.waitingSince === 0 || this.fetching || document.hidden) return;
    if (performance.now() - this.waitingSince > silenceMs) this.replace();
  }

  private replace(): void {
    this.worker?.terminate();
    this.worker = null;
    this.waitingSince = 0;
    this.fetching = false;
    const lost = [...this.listeners.values()];
    this.listeners.clear();
    for (const listener of lost) listener.lost();
  }
}

/** The one client of the page. */
export const engine = new EngineClient();
