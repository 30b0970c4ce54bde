import type { Action, Batch, RunMeta, Scenario, SpanStore, WindowStore } from '../../src/index.ts';

/** Everything that views may read of one run. It grows in place; `spans.revision` and `windows.revision` tell when. */
export interface RunView {
  readonly meta: RunMeta;
  readonly scenario: Scenario;
  readonly actions: readonly Action[];
  readonly spans: SpanStore;
  readonly windows: WindowStore;
  /** Everything before this time is known (µs). */
  horizonUs: number;
  totals: Batch['totals'];
  latency: Batch['latency'];
  finished: boolean;
}

/** The request a person has picked. */
export interface Selection {
  /** 0 is lane A, 1 lane B. */
  lane: number;
  /** Number of the request, from 1. */
  request: number;
}
