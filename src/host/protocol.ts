import type { LatencySummary, MetricColumn, WindowBatch } from '../metrics/columns.ts';
import type { NodeMeta } from '../scenario/nodes.ts';
import type { Action, Scenario } from '../scenario/schema.ts';
import type { Columns } from '../spans/columns.ts';

/** What is fixed for a run. */
export interface RunMeta {
  engine: string;
  scenarioId: string;
  seed: number;
  nodes: NodeMeta[];
  metricColumns: MetricColumn[];
  /** Width of one window at the start, µs. */
  windowUs: number;
}

/** What a run has produced since the batch before. */
export interface Batch {
  /** Everything before this time is known. */
  horizonUs: number;
  /** Rows that closed, in order of closing. */
  closed: Columns;
  /** Rows still open at the horizon (replaces those of the batch before). */
  open: Columns;
  windows: WindowBatch;
  /** Totals since the start, one number a metric column. */
  totals: Float64Array<ArrayBuffer>;
  /** Latency quantiles over the whole run (µs). */
  latency: { read: LatencySummary; write: LatencySummary };
  /** Span hash of all closed rows so far, 16 hex digits; empty unless asked for. */
  hash: string;
  finished: boolean;
}

/** From the page to the worker. One worker holds any number of runs, by number. */
export type ToWorker =
  | { type: 'open'; run: number; scenario: Scenario; actions: readonly Action[] }
  /** Runs on to `untilUs`; answered by one batch, or by several when the slice budget is used up (`more`). */
  | { type: 'advance'; run: number; untilUs: number; withHash?: boolean }
  /** Acts at `action.at` ≥ horizon. An act in the past is a new `open`. */
  | { type: 'act'; run: number; action: Action }
  | { type: 'close'; run: number };

/** From the worker to the page. */
export type FromWorker =
  | { type: 'ready' }
  /** A part of the engine is being fetched; until then nothing more comes. */
  | { type: 'fetching' }
  | { type: 'opened'; run: number; meta: RunMeta }
  | { type: 'batch'; run: number; batch: Batch; more: boolean }
  | { type: 'failed'; run: number; message: string; atUs: number };
