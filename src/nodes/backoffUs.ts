/**
 * Exponential backoff with full jitter: uniform between nothing and `baseUs` · 2^attempt, whole µs. `attempt` counts from 0;
 * `u` in (0, 1] is the luck, 1 for no jitter.
 * @source Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog (2015).
 */
export function backoffUs(baseUs: number, attempt: number, u: number): number {
  return Math.round(baseUs * (1 << attempt) * u);
}
