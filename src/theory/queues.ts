import { log } from '../random/math.ts';

/**
 * Means of a queue in steady state. Times in seconds; all but `utilisation` are Infinity where the queue is unstable.
 */
export interface QueueMeans {
  /** Offered load a server, ρ; above 1 it is demand, not busy share. */
  utilisation: number;
  /** Mean time from arrival to start of service. */
  meanWaitS: number;
  /** Mean time from arrival to departure. */
  meanSojournS: number;
}

/** An open queue: Poisson arrivals, exponential service of the given rate at each server. */
export interface OpenQueue {
  arrivalsPerS: number;
  /** Services a second one busy server completes. */
  servicePerS: number;
  /** Whole number ≥ 1. */
  servers: number;
}

/** A service time by its first two moments. */
export interface ServiceMoments {
  meanS: number;
  /** E[S²], seconds squared. */
  secondMomentS2: number;
}

/**
 * M/M/1: Wq = ρ/(μ−λ), W = 1/(μ−λ), the sojourn is exponential so p99 = ln 100/(μ−λ).
 * Rates per second, times in seconds. Valid for λ ≥ 0, μ > 0, first come first served; Infinity for ρ ≥ 1.
 * Source: L. Kleinrock, Queueing Systems vol. 1, 1975, §3.2 and ch. 5.
 */
export function mm1(arrivalsPerS: number, servicePerS: number): QueueMeans & { sojournP99S: number } {
  const utilisation = arrivalsPerS / servicePerS;
  const sojournP99S = mm1SojournQuantileS(arrivalsPerS, servicePerS, 0.99);
  if (utilisation >= 1) return { utilisation, meanWaitS: Infinity, meanSojournS: Infinity, sojournP99S };
  const spare = servicePerS - arrivalsPerS;
  return { utilisation, meanWaitS: utilisation / spare, meanSojournS: 1 / spare, sojournP99S };
}

/**
 * The time within which the share `quantile` (0 ≤ q < 1) of M/M/1 requests has left: −ln(1−q)/(μ−λ) seconds; Infinity
 * for ρ ≥ 1.
 * Source: Kleinrock 1975, ch. 5.
 */
export function mm1SojournQuantileS(arrivalsPerS: number, servicePerS: number, quantile: number): number {
  return arrivalsPerS >= servicePerS ? Infinity : -log(1 - quantile) / (servicePerS - arrivalsPerS);
}

/**
 * Erlang B, the share of arrivals a system of c servers without waiting room turns away: B(0)=1,
 * B(k) = aB(k−1)/(k + aB(k−1)). `offeredErlangs` a = λ/μ ≥ 0, dimensionless; any service distribution.
 * Source: A. K. Erlang 1917; recursion in R. Cooper, Introduction to Queueing Theory, 2nd ed. 1981.
 */
export function erlangB(servers: number, offeredErlangs: number): number {
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (offeredErlangs * blocked) / (k + offeredErlangs * blocked);
  return blocked;
}

/**
 * Erlang C, the share of M/M/c arrivals that must wait: B/(1−ρ(1−B)); 1 for ρ ≥ 1. `offeredErlangs` = λ/μ,
 * dimensionless.
 * Source: A. K. Erlang 1917; D. Gross, C. Harris, Fundamentals of Queueing Theory, 4th ed. 2008, ch. 2.
 */
export function probabilityOfWaiting(servers: number, offeredErlangs: number): number {
  const utilisation = offeredErlangs / servers;
  if (utilisation >= 1) return 1;
  const blocked = erlangB(servers, offeredErlangs);
  return blocked / (1 - utilisation * (1 - blocked));
}

/**
 * M/M/c: Wq = C/(cμ−λ) with C from Erlang C. Rates per second, times in seconds; Infinity for ρ ≥ 1.
 * Source: Gross and Harris 2008, ch. 2.
 */
export function mmc(queue: OpenQueue): QueueMeans & { probabilityOfWaiting: number } {
  const { arrivalsPerS, servicePerS, servers } = queue;
  const waiting = probabilityOfWaiting(servers, arrivalsPerS / servicePerS);
  const utilisation = arrivalsPerS / (servers * servicePerS);
  const spare = servers * servicePerS - arrivalsPerS;
  const meanWaitS = utilisation >= 1 ? Infinity : waiting / spare;
  return { utilisation, probabilityOfWaiting: waiting, meanWaitS, meanSojournS: meanWaitS + 1 / servicePerS };
}

/**
 * The wait that the share `quantile` (0 ≤ q < 1) of M/M/c requests does not exceed: max(0, ln(C/(1−q))/(cμ−λ)) seconds,
 * first come first served; Infinity for ρ ≥ 1. Source: Gross and Harris 2008, ch. 2.
 */
export function mmcWaitQuantileS(queue: OpenQueue, quantile: number): number {
  const spare = queue.servers * queue.servicePerS - queue.arrivalsPerS;
  if (spare <= 0) return Infinity;
  const waiting = probabilityOfWaiting(queue.servers, queue.arrivalsPerS / queue.servicePerS);
  return waiting <= 1 - quantile ? 0 : log(waiting / (1 - quantile)) / spare;
}

/**
 * M/G/1 by Pollaczek–Khinchine: Wq = λE[S²]/(2(1−ρ)). Rate per second, times in seconds; any service distribution with
 * these moments, service order independent of length; Infinity for ρ ≥ 1.
 * Source: F. Pollaczek 1930, A. Khinchine 1932; Kleinrock 1975, §5.6.
 */
export function mg1(arrivalsPerS: number, service: ServiceMoments): QueueMeans {
  const utilisation = arrivalsPerS * service.meanS;
  const meanWaitS = utilisation >= 1 ? Infinity : (arrivalsPerS * service.secondMomentS2) / (2 * (1 - utilisation));
  return { utilisation, meanWaitS, meanSojournS: meanWaitS + service.meanS };
}

/**
 * M/D/1: every service takes exactly `serviceS` seconds, so half the wait of M/M/1. See {@link mg1} for range and
 * source.
 */
export function md1(arrivalsPerS: number, serviceS: number): QueueMeans {
  return mg1(arrivalsPerS, constantService(serviceS));
}

/** Moments of a service time of exactly `serviceS` seconds. Source: definition. */
export function constantService(serviceS: number): ServiceMoments {
  return { meanS: serviceS, secondMomentS2: serviceS * serviceS };
}

/** Moments of an exponential service time of mean `meanS` seconds: E[S²] = 2m². Source: definition. */
export function exponentialService(meanS: number): ServiceMoments {
  return { meanS, secondMomentS2: 2 * meanS * meanS };
}

/**
 * Moments of a mixture, such as a worker that serves hits fast and misses slowly: weighted sums of the parts' moments.
 * `share` are non-negative and add up to 1. Source: law of total expectation.
 */
export function mixedService(parts: readonly { share: number; service: ServiceMoments }[]): ServiceMoments {
  let meanS = 0;
  let secondMomentS2 = 0;
  for (const { share, service } of parts) {
    meanS += share * service.meanS;
    secondMomentS2 += share * service.secondMomentS2;
  }
  return { meanS, secondMomentS2 };
}

/**
 * M/G/c by Allen–Cunneen: Wq ≈ Wq(M/M/c)·(1 + cs²)/2 with cs² = Var S/E[S]². An APPROXIMATION: exact for c = 1 and for
 * exponential service, commonly within some 10% when cs² ≤ 1, worse for heavy tails on many servers. Seconds; Infinity
 * for ρ ≥ 1.
 * Source: A. Allen, Probability, Statistics and Queueing Theory, 2nd ed. 1990, ch. 5.
 */
export function mgcAllenCunneen(arrivalsPerS: number, service: ServiceMoments, servers: number): QueueMeans {
  const exponential = mmc({ arrivalsPerS, servicePerS: 1 / service.meanS, servers });
  const spread = service.secondMomentS2 / (2 * service.meanS * service.meanS);
  const meanWaitS = exponential.meanWaitS * spread;
  return { utilisation: exponential.utilisation, meanWaitS, meanSojournS: meanWaitS + service.meanS };
}
