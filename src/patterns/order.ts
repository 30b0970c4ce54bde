import { absent, type Pattern, type Value } from '../nodes/Handles.ts';

/** Every order moves a row on by one version: version 1 is the full stock. */
const unitsLeft = (version: Value, stock: number): number => stock - (version - 1);

/**
 * Buy one unit: look whether there is one, then write. Between the look and the write another may buy the same unit, and
 * the look may be at an old copy: only a check within the write itself cannot sell what is gone.
 * @source CWE-367, "Time-of-check Time-of-use (TOCTOU) Race Condition"; the course's source document 000 (flash sale).
 */
export const order = (read: Pattern, write: Pattern): Pattern =>
  function* order(request, handles) {
    const seen = yield* read(request, handles);
    if (seen === absent || unitsLeft(seen, request.stock) <= 0) {
      handles.here.count('orders.sold-out');
      return absent;
    }
    return yield* write(request, handles);
  };
