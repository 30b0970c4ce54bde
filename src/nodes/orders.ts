import type { Call } from './Call.ts';
import type { Environment } from './Environment.ts';

/** Units that there were of the key which a call writes; Infinity where its writing is no order. */
export function stockOf(call: Call): number {
  return call.task?.context.stock ?? Number.POSITIVE_INFINITY;
}

/** A write was taken, as the version that its row carries; where it was an order, it is counted. */
export function tookOrder({ metrics }: Environment, call: Call): void {
  const stock = stockOf(call);
  if (stock === Number.POSITIVE_INFINITY) return;
  metrics.count('orders.accepted');
  // Version 1 is the full stock, so that version stock + 1 sells the last unit.
  if (call.version > stock + 1) metrics.count('orders.oversold');
}
