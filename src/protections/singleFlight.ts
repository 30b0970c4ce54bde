import type { Pattern } from '../nodes/Handles.ts';

/**
 * At each server the first who misses a key loads it; whoever else misses it meanwhile waits for that load and shares what
 * comes of it, also its failure. Other servers know nothing of it.
 * @source Go, package singleflight (golang.org/x/sync); Nygard, "Release It!", 2nd ed., "Dogpile".
 */
export const singleFlight = (next: Pattern): Pattern =>
  function* singleFlight(request, handles) {
    const { flights } = handles;
    if (flights.has(request.key)) return yield* flights.join(request.key);
    const flight = flights.begin(request);
    try {
      return flight.land(yield* next(request, handles));
    } catch (failure) {
      throw flight.fail(failure);
    }
  };
