import type { Process } from '../kernel/Effect.ts';
import { OP } from '../spans/codes.ts';
import { Activity, startActivity } from './Activity.ts';
import type { Environment } from './Environment.ts';
import type { Entry, Request, Step, Value } from './Handles.ts';

/** The refreshes in the background of one server, at most one a key. */
export class Refreshes {
  private readonly underWay = new Set<number>();
  private readonly environment: Environment;
  private readonly nodeIndex: number;

  constructor(environment: Environment, nodeIndex: number) {
    this.environment = environment;
    this.nodeIndex = nodeIndex;
  }

  /** Begins to load the key anew, for something newer than this entry, and goes on at once; does nothing if it is at it. */
  *begin(key: number, entry: Entry, load: (request: Request) => Step<Value>): Process<void> {
    if (this.underWay.has(key)) return;
    this.underWay.add(key);
    this.environment.metrics.count('loads.refreshed');
    const activity = new Activity(this.environment, this.nodeIndex, OP.refresh, key);
    activity.replacesUs = entry.storedUs;
    activity.whenOver = () => this.underWay.delete(key);
    yield* startActivity(activity, function* refresh() {
      return yield* load(activity);
    });
  }
}
