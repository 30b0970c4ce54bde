import { background } from '../kernel/effects.ts';
import { Call } from '../nodes/Call.ts';
import type { BareHandles } from '../nodes/createHandles.ts';
import { endsWithin, firstAnswer } from '../nodes/firstAnswer.ts';
import type { DatabaseHandle, Step } from '../nodes/Handles.ts';
import { FLAG } from '../spans/codes.ts';

/**
 * When a query is slow, send a second one and take whichever answers first. The slower one goes on for nobody: that is the
 * price.
 * @source Dean, Barroso, "The Tail at Scale", CACM 56 (2013), "Hedged requests".
 */
export function hedging(database: DatabaseHandle, { here, settings }: BareHandles): DatabaseHandle {
  function* query<T>(ask: () => Step<T>) {
    const first = yield* background(toEnd(ask()));
    if (yield* endsWithin(first, settings.protect.hedge)) return yield* firstAnswer([first]);
    here.count('database.hedges');
    const second = yield* background(toEnd(asHedge(ask())));
    return yield* firstAnswer([first, second]);
  }
  return {
    ...database,
    read: (key) => query(() => database.read(key)),
    readMany: (keys) => query(() => database.readMany(keys)),
    readPrimary: (key) => query(() => database.readPrimary(key)),
  };
}

function* toEnd<T>(step: Step<T>) {
  return yield* step;
}

function asHedge<T>(step: Step<T>): Step<T> {
  if (step instanceof Call) step.flags |= FLAG.hedge;
  return step;
}
