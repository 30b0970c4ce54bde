import { Effect } from '../kernel/Effect.ts';
import type { Task } from '../kernel/Task.ts';
import type { Request } from './Handles.ts';

/** Tells a process at once which request it serves; for those who are only told a key. */
export class Asked extends Effect<Request> {
  start(task: Task<unknown>): void {
    task.resume(task.context);
  }
}
