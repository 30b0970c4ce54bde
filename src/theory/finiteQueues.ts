/** M/M/c with a bounded queue; an arrival that finds the queue full is rejected. */
export interface LossQueue {
  arrivalsPerS: number;
  /** Services a second one busy server completes. */
  servicePerS: number;
  /** Whole number ≥ 1. */
  servers: number;
  /** Places to wait besides the servers, whole ≥ 0 (K − c in M/M/c/K). */
  queueCapacity: number;
}

/** Steady state of a {@link LossQueue}. */
export interface LossQueueMeans {
  /** Share of arrivals turned away. */
  rejectedShare: number;
  /** Requests a second that get through. */
  servedPerS: number;
  /** Mean wait of the accepted, seconds. */
  meanWaitS: number;
  /** Mean wait plus service of the accepted, seconds. */
  meanSojournS: number;
  /** Mean share of servers busy. */
  utilisation: number;
}

/** N users who think, send one request, wait for its answer and think again. */
export interface ClosedSystem {
  /** Whole number ≥ 1. */
  users: number;
  /** Mean think time, seconds ≥ 0. */
  thinkS: number;
  /** Mean service time, seconds > 0. */
  serviceS: number;
  /** Whole number ≥ 1. */
  servers: number;
}

/** Steady state of a {@link ClosedSystem}. */
export interface ClosedSystemMeans {
  throughputPerS: number;
  /** Mean wait before service, seconds. */
  meanWaitS: number;
  /** Mean wait plus service, seconds. */
  meanResponseS: number;
  /** Mean share of servers busy. */
  utilisation: number;
}

interface Occupancy {
  /** Mean number being served. */
  busy: number;
  /** Mean number waiting. */
  waiting: number;
  /** Probability of the highest state. */
  full: number;
}

/** Below the square root of the largest double, so a term times its state number still fits. */
const RESCALE_AT = 1e150;

/** Product form p(n+1)/p(n) = birth(n)/death(n+1) over states 0..top, rescaled on the way so no term overflows. */
function birthDeath(top: number, servers: number, ratio: (n: number) => number): Occupancy {
  let term = 1;
  let total = 1;
  let busy = 0;
  let waiting = 0;
  for (let n = 1; n <= top; n++) {
    term *= ratio(n - 1);
    total += term;
    busy += term * (n < servers ? n : servers);
    if (n > servers) waiting += term * (n - servers);
    if (total > RESCALE_AT) {
      term /= RESCALE_AT;
      total /= RESCALE_AT;
      busy /= RESCALE_AT;
      waiting /= RESCALE_AT;
    }
  }
  return { busy: busy / total, waiting: waiting / total, full: term / total };
}

/**
 * M/M/c/K: p(n+1)/p(n) = λ/(μ min(n+1, c)) for n < K = c + queueCapacity; rejected share p(K) (Poisson arrivals see
 * time averages), served λ(1−p(K)), wait by Little's law. Rates per second, times in seconds. Valid at any load, ρ ≥ 1
 * included.
 * Source: D. Gross, C. Harris, Fundamentals of Queueing Theory, 4th ed. 2008, ch. 2 (truncated queues).
 */
export function lossQueue(queue: LossQueue): LossQueueMeans {
  const { arrivalsPerS, servicePerS, servers, queueCapacity } = queue;
  const offered = arrivalsPerS / servicePerS;
  const state = birthDeath(servers + queueCapacity, servers, (n) => offered / (n + 1 < servers ? n + 1 : servers));
  const servedPerS = state.busy * servicePerS;
  const meanWaitS = servedPerS > 0 ? state.waiting / servedPerS : 0;
  return {
    rejectedShare: state.full,
    servedPerS,
    meanWaitS,
    meanSojournS: meanWaitS + 1 / servicePerS,
    utilisation: state.busy / servers,
  };
}

/**
 * Closed system (machine repair, M/M/c//N): p(n+1)/p(n) = (N−n)S/(Z min(n+1, c)) with think Z and service S; throughput
 * = mean busy/S, response = N/throughput − Z (Little's law over the loop). Exponential service; the think time may have
 * any distribution of that mean. Times in seconds, throughput per second. With Z = 0 all users are always inside.
 * Source: Gross and Harris 2008, ch. 2 (finite-source queues).
 */
export function closedSystem(system: ClosedSystem): ClosedSystemMeans {
  const { users, thinkS, serviceS, servers } = system;
  const most = users < servers ? users : servers;
  const state =
    thinkS > 0
      ? birthDeath(users, servers, (n) => ((users - n) * serviceS) / (thinkS * (n + 1 < servers ? n + 1 : servers)))
      : { busy: most, waiting: users - most };
  const throughputPerS = state.busy / serviceS;
  const meanWaitS = state.waiting / throughputPerS;
  return { throughputPerS, meanWaitS, meanResponseS: meanWaitS + serviceS, utilisation: state.busy / servers };
}
