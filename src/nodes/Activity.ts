import { Effect, type Process } from '../kernel/Effect.ts';
import { Task, type TaskObserver } from '../kernel/Task.ts';
import { OUTCOME } from '../spans/codes.ts';
import { Call, type Callee, CallFailed, type RequestContext, STAGE } from './Call.ts';
import type { Environment } from './Environment.ts';
import type { Request } from './Handles.ts';

/** Room for the luck of the calls of one request, so that those of its background work do not meet the same. */
const callsApart = 4096;

const inPlace = (nodeIndex: number): Callee => ({
  nodeIndex,
  linkUs: () => 0,
  receive: () => {},
  finish: () => {},
});

/**
 * Work that no reader waits for, as a row of its own: a refresh in the background, a flush of a buffer, a worker's event.
 * Its calls are its children. The row ends with its process: `ok`, or `error` where that failed.
 */
export class Activity extends Call implements RequestContext, Request, TaskObserver {
  calls = 0;
  usedDatabase = false;
  missCause = 0;
  loadUs = 0;
  traffic = -1;
  readonly wroteUs = Number.NEGATIVE_INFINITY;
  readonly stock = Number.POSITIVE_INFINITY;
  /** Its load wants something newer than the entry stored then, µs. */
  replacesUs = Number.NEGATIVE_INFINITY;
  process: Task<unknown, Activity> | null = null;
  /** Told once, when the row has closed. */
  whenOver: ((activity: Activity) => void) | null = null;

  constructor(environment: Environment, nodeIndex: number, op: number, key: number) {
    super(environment, inPlace(nodeIndex), op, nodeIndex, key, null, null);
  }

  /**
   * Runs a process on behalf of a request, or of nobody (`null`; `luckFrom` then keeps its luck apart from that of others
   * who serve nobody).
   */
  run(process: Process<unknown>, parent: RequestContext | null, luckFrom = 0): this {
    const now = this.environment.simulation.nowUs;
    this.request = parent?.request ?? 0;
    this.parent = parent?.id ?? 0;
    this.traffic = parent?.traffic ?? -1;
    this.calls = parent === null ? luckFrom : callsApart * ++parent.calls;
    this.startUs = now;
    this.sentUs = now;
    this.arriveUs = now;
    this.serviceUs = now;
    this.stage = STAGE.served;
    this.environment.recorder.begin(this);
    this.process = new Task(this.environment.simulation, process, this);
    this.process.observe(this);
    this.process.begin();
    return this;
  }

  taskEnded(task: Task<unknown>): void {
    if (task.state === 'cancelled') return;
    if (task.state === 'failed') {
      if (!(task.error instanceof CallFailed)) throw task.error;
      this.outcome = OUTCOME.error;
    } else if (typeof task.result === 'number') {
      this.version = task.result;
    }
    this.respond();
  }

  /** Ends the row; a crash calls it too. */
  override respond(): void {
    if (this.stage === STAGE.closed) return;
    const now = this.environment.simulation.nowUs;
    this.leaveUs = now;
    this.endUs = now;
    this.settled = true;
    this.close();
    this.whenOver?.(this);
  }

  override refuse(outcome: number): void {
    this.giveUp(outcome);
  }

  override giveUp(outcome: number = OUTCOME.error): void {
    this.outcome = outcome;
    this.process?.cancel();
    this.respond();
  }
}

class StartActivity extends Effect<void> {
  private readonly activity: Activity;
  private readonly makeProcess: () => Process<unknown>;

  constructor(activity: Activity, makeProcess: () => Process<unknown>) {
    super();
    this.activity = activity;
    this.makeProcess = makeProcess;
  }

  start(task: Task<unknown>): void {
    this.activity.run(this.makeProcess(), (task as Task<unknown, RequestContext>).context);
    task.resume(undefined);
  }
}

/** Starts an activity on behalf of the process that yields this, which goes on at once. */
export function startActivity(activity: Activity, makeProcess: () => Process<unknown>): Effect<void> {
  return new StartActivity(activity, makeProcess);
}
