import { type Metric, metricCatalogue } from '../metrics/catalogue.ts';
import type { LatencySummary, MetricColumn, WindowBatch } from '../metrics/columns.ts';
import type { NodeMeta } from '../scenario/nodes.ts';
import type { Scenario } from '../scenario/schema.ts';
import { OP } from '../spans/codes.ts';
import type { Columns } from '../spans/columns.ts';
import { RowIndex } from './RowIndex.ts';
import { identified } from './RowSelector.ts';
import { type RunVocabulary, vocabularyOf } from './vocabulary.ts';
import { WindowTable } from './WindowTable.ts';

/** What a run left behind. Times µs; `rows` are the closed ones and those still open at the end, in any order. */
export interface RunData {
  scenario: Scenario;
  nodes: NodeMeta[];
  columns: MetricColumn[];
  windowUs: number;
  windows: WindowBatch;
  totals: Float64Array;
  latency: { read: LatencySummary; write: LatencySummary };
  rows: Columns;
  endUs: number;
}

/** Sorted samples that a reader keeps. */
const keptSorts = 6;

/** A run as checks see it: its names, its windows, its rows by label. Sorts nothing before it is asked. */
export class RunReader implements RunVocabulary {
  readonly run: RunData;
  readonly families: ReadonlyMap<string, readonly Metric[]>;
  readonly nodes: readonly NodeMeta[];
  readonly keyName: string;
  readonly clock?: string;
  readonly usedTiers: ReadonlySet<string>;
  /** Width of a window, µs. */
  readonly windowUs: number;
  /** Up to when the run is known, µs. */
  readonly endUs: number;
  readonly windows: WindowTable;
  readonly rows: RowIndex;
  private complete: boolean | undefined;
  private readonly sorted = new Map<string, Float64Array>();

  constructor(run: RunData) {
    const known = new Set(run.columns.map(({ id }) => id));
    const isKnown = ({ over, under, parts }: Metric): boolean =>
      [...over, ...(typeof under === 'object' ? under : []), ...Object.values(parts ?? {})].every((id) =>
        known.has(id),
      );
    const metrics = metricCatalogue(run.scenario).filter(isKnown);
    const { families, keyName, clock, usedTiers } = vocabularyOf(run.scenario, run.nodes, metrics);
    this.run = run;
    this.families = families;
    this.nodes = run.nodes;
    this.keyName = keyName;
    if (clock !== undefined) this.clock = clock;
    this.usedTiers = usedTiers;
    this.windowUs = run.windowUs;
    this.endUs = run.endUs;
    this.windows = new WindowTable(run);
    this.rows = new RowIndex(run.rows);
  }

  /**
   * Whether every request that was answered has its row here. A run whose older rows were thinned out cannot be counted
   * by its rows.
   */
  get hasAllRows(): boolean {
    if (this.complete === undefined) {
      const column = this.run.columns.findIndex(({ id }) => id === 'requests.completed');
      const op = [OP['request.read'], OP['request.write']];
      const rows = this.rows.select(identified({ op, settled: true, answered: true })).length;
      this.complete = column < 0 || rows >= this.run.totals[column];
    }
    return this.complete;
  }

  /** Samples in ascending order; those of the last few ids are kept, for several percentiles of the same. */
  sortedSamples(id: string, collect: () => Float64Array): Float64Array {
    const known = this.sorted.get(id);
    if (known !== undefined) return known;
    const samples = collect().sort((a, b) => a - b);
    for (const oldest of this.sorted.keys()) {
      if (this.sorted.size < keptSorts) break;
      this.sorted.delete(oldest);
    }
    this.sorted.set(id, samples);
    return samples;
  }
}

/** A reader of a run. */
export function createRunReader(run: RunData): RunReader {
  return new RunReader(run);
}
