import { pow } from '../random/math.ts';
import { checkAtLeast, checkShare, checkWhole } from './domain.ts';
import { expm1, log1p } from './expm1.ts';

/** A wait that doubles has long met any ceiling by then. */
const RETRIES_MAX = 1000;

/**
 * Mean attempts of a request that is tried up to r more times: 1+p+…+p^r = (1−p^{r+1})/(1−p), r+1 at p = 1. Attempts
 * fail independently with probability p. `failureShare` in 0..1, `retries` whole ≥ 0; throws a RangeError otherwise.
 * Source: geometric sum; the amplification in B. Beyer et al., Site Reliability Engineering, 2016, ch. 22.
 */
export function meanAttempts(failureShare: number, retries: number): number {
  checkShare('a failure share', failureShare);
  checkWhole('retries', retries, 0);
  const success = 1 - failureShare;
  return success === 0 ? retries + 1 : -expm1((retries + 1) * log1p(-success)) / success;
}

/**
 * Share of requests that end well after up to r retries: 1−p^{r+1}. Range, throws and assumptions as
 * {@link meanAttempts}. Source: as there.
 */
export function retriedSuccessShare(failureShare: number, retries: number): number {
  checkShare('a failure share', failureShare);
  checkWhole('retries', retries, 0);
  return 1 - pow(failureShare, retries + 1);
}

/**
 * Mean calls at the bottom for one request at the top when every layer retries the one below, `retries[0]` lowest: the
 * product of each layer's attempts, whose failure share is what the layer below could not mend; ∏(rᵢ+1) when all calls
 * fail. Range, throws and assumptions as {@link meanAttempts}. Source: Wald's equation; Beyer et al. 2016, ch. 22.
 */
export function layeredAttempts(failureShare: number, retries: readonly number[]): number {
  checkShare('a failure share', failureShare);
  let calls = 1;
  let failing = failureShare;
  for (const layer of retries) {
    calls *= meanAttempts(failing, layer);
    failing = pow(failing, layer + 1);
  }
  return calls;
}

/**
 * Mean wait in seconds before retry i (from 1) of a backoff that doubles from `baseS` up to `capS`, with full jitter:
 * min(cap, base·2^{i−1})/2, half of what it is without. Times ≥ 0, the cap may be Infinity; `retry` whole in 1..1000;
 * throws a RangeError otherwise. Source: M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog 2015.
 */
export function fullJitterMeanWaitS(baseS: number, capS: number, retry: number): number {
  checkAtLeast('a backoff', baseS);
  if (!(capS >= 0)) throw new RangeError(`a ceiling of the backoff must be a number from 0, not ${capS}`);
  checkWhole('a retry', retry, 1);
  checkFew(retry);
  return Math.min(capS, baseS * pow(2, retry - 1)) / 2;
}

/**
 * Mean seconds a request spends waiting between attempts, with full jitter: Σᵢ pⁱ·{@link fullJitterMeanWaitS}(i) over
 * its up to 1000 retries. Range and throws as there and at {@link meanAttempts}. Source: linearity of the mean.
 */
export function meanBackoffS(failureShare: number, retries: number, baseS: number, capS: number): number {
  checkShare('a failure share', failureShare);
  checkWhole('retries', retries, 0);
  checkFew(retries);
  let reached = 1;
  let waitS = 0;
  for (let retry = 1; retry <= retries; retry++) {
    reached *= failureShare;
    if (reached > 0) waitS += reached * fullJitterMeanWaitS(baseS, capS, retry);
  }
  return waitS;
}

function checkFew(retries: number): void {
  if (retries > RETRIES_MAX) throw new RangeError(`retries are counted up to ${RETRIES_MAX}, not ${retries}`);
}
