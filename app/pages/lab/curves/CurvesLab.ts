import { createStore } from 'zustand/vanilla';
import {
  byCost,
  type CurvesPart,
  type DifferenceOutput,
  type GeneratorId,
  type Knee,
  type SizeScale,
  sizesOf,
  type StatisticsOutput,
  type TraceReaderOptions,
  type TraceSource,
  type TraceSummary,
} from '../../../../src/lab.ts';
import { TraceClient, type TraceJobProgress } from '../../../engine/TraceClient.ts';
import type { CurvesAddress } from './address.ts';

/** A point of a curve; `error` is half of its 95 % interval, 0 where it is exact. */
export interface LinePoint {
  sizeEntries: number;
  hitRatio: number;
  error: number;
}

/** What is known of one policy's curve. */
export interface CurveLine {
  policy: string;
  state: 'waiting' | 'running' | 'done' | 'refused';
  /** In rising order of size. */
  points: readonly LinePoint[];
  /** LRU exactly at many more sizes, for drawing. */
  fine: readonly LinePoint[];
  knee: Knee | null;
  /** Why there is none, or why single points are missing. */
  reason: string;
}

/** A gap between two curves and where it arises. */
export interface Explanation {
  policies: [string, string];
  sizeEntries: number;
  state: 'running' | 'done' | 'failed';
  found: DifferenceOutput;
  problem: string;
}

/** Everything that the page shows. */
export interface CurvesState {
  generated: CurvesAddress['generated'];
  policies: readonly string[];
  scale: SizeScale;
  sampleRate: number | null;
  at: number | null;
  /** How far the trace that is being opened has come; null where none is. */
  reading: (TraceJobProgress & { name: string }) | null;
  /** Why the last trace could not be opened; the one before is still there. */
  readProblem: string;
  /** The trace that is open. */
  summary: TraceSummary | null;
  lines: Readonly<Record<string, CurveLine>>;
  /** Share of the curves' work that is done; null where nothing is under way. */
  working: number | null;
  /** From the start of the work to the first curve and to the last, ms, measured; null until then. */
  firstMs: number | null;
  allMs: number | null;
  statistics: StatisticsOutput | null;
  statisticsProblem: string;
  explanation: Explanation | null;
}

/** Sizes at which a policy is replayed. */
const points = 20;
/** Its curve needs one pass only, so something stands there at once. */
const first = 'lru';

/** The trace that is open and what is computed of it, in a worker; the page only shows. */
export class CurvesLab {
  readonly store;
  private readonly client = new TraceClient();
  private stopReading: () => void = () => {};
  private stopCurves: () => void = () => {};
  private stopExplaining: () => void = () => {};
  private startedMs = 0;

  constructor({ generated, policies, scale, sampleRate, at }: CurvesAddress) {
    this.store = createStore<CurvesState>(() => ({
      generated,
      policies,
      scale,
      sampleRate,
      at,
      reading: null,
      readProblem: '',
      summary: null,
      lines: {},
      working: null,
      firstMs: null,
      allMs: null,
      statistics: null,
      statisticsProblem: '',
      explanation: null,
    }));
  }

  /** Opens the trace of the address, if it is one that is made here. */
  start(): void {
    const { generated } = this.store.getState();
    if (generated !== null) this.openGenerated(generated.id, generated.requests, generated.seed);
  }

  /** Makes a trace and opens it. */
  openGenerated(id: GeneratorId, requests: number, seed: number): void {
    this.open({ kind: 'generated', id, requests, seed }, id, undefined, { id, requests, seed });
  }

  /** Opens a file, which stays on this machine. */
  openFile(file: File, options: TraceReaderOptions): void {
    this.open({ kind: 'file', file, name: file.name }, file.name, options, null);
  }

  /** Opens what was pasted. */
  openText(text: string, options: TraceReaderOptions): void {
    this.open({ kind: 'text', text, name: 'pasted text' }, 'pasted text', options, null);
  }

  /** Stops reading; the trace before stays. */
  cancelReading(): void {
    this.stopReading();
  }

  /** Stops the curves that are not there yet. */
  cancelCurves(): void {
    this.stopCurves();
  }

  setPolicies(policies: readonly string[]): void {
    this.store.setState({ policies });
    this.compute();
  }

  setScale(scale: SizeScale): void {
    this.store.setState({ scale });
    this.compute();
  }

  setSampleRate(sampleRate: number | null): void {
    // Exact points and estimates do not belong on one line.
    this.store.setState({ sampleRate, lines: {} });
    this.compute();
  }

  setAt(at: number): void {
    this.store.setState({ at });
  }

  /** Looks for where two policies part. */
  explain(policies: [string, string], sizeEntries: number): void {
    this.stopExplaining();
    const asked: Explanation = { policies, sizeEntries, state: 'running', found: null, problem: '' };
    this.store.setState({ explanation: asked });
    const tell = (change: Partial<Explanation>) => {
      if (this.store.getState().explanation === asked) this.store.setState({ explanation: { ...asked, ...change } });
    };
    this.stopExplaining = this.client.command(
      'difference',
      { policies, sizeEntries },
      {
        done: (found) => tell({ state: 'done', found }),
        failed: (problem) => tell({ state: 'failed', problem }),
      },
    );
  }

  /** Lets go of the worker. */
  close(): void {
    this.client.close();
  }

  private open(
    source: TraceSource,
    name: string,
    options: TraceReaderOptions | undefined,
    generated: CurvesAddress['generated'],
  ): void {
    this.stopReading();
    this.stopCurves();
    const reading = { name, share: 0 };
    this.store.setState({ reading, readProblem: '' });
    const isCurrent = () => this.store.getState().reading?.name === name;
    this.stopReading = this.client.open(source, options, {
      progress: (progress) => {
        if (isCurrent()) this.store.setState({ reading: { name, ...progress } });
      },
      done: (summary) => {
        this.stopExplaining();
        this.store.setState({
          summary,
          generated,
          reading: null,
          lines: {},
          statistics: null,
          statisticsProblem: '',
          explanation: null,
          at: keptSize(this.store.getState().at, summary.distinct),
        });
        this.compute();
      },
      failed: (readProblem) => {
        this.store.setState({ reading: null, readProblem });
        this.compute();
      },
      cancelled: () => {
        if (!isCurrent()) return;
        this.store.setState({ reading: null });
        this.compute();
      },
    });
  }

  /** Asks for every point that is missing: LRU first, then what is to be known of the trace, then from the cheapest on. */
  private compute(): void {
    this.stopCurves();
    const { summary, policies, lines, reading } = this.store.getState();
    if (summary === null || summary.requests === 0 || reading !== null) return;
    const missing = byCost(policies)
      .map((policy) => ({ policy, sizes: this.missingSizes(policy) }))
      .filter(({ sizes }) => sizes === null || sizes.length > 0);
    const [ahead, rest] = [
      missing.filter(({ policy }) => policy === first),
      missing.filter(({ policy }) => policy !== first),
    ];
    this.startedMs = performance.now();
    const waiting = missing.map(({ policy }) => [
      policy,
      { ...(lines[policy] ?? emptyLine(policy)), state: 'waiting' },
    ]);
    this.store.setState({
      lines: { ...lines, ...Object.fromEntries(waiting) },
      working: missing.length > 0 ? 0 : null,
      firstMs: null,
      allMs: null,
    });
    const stops: (() => void)[] = [];
    let left = missing.length;
    const ended = () => {
      left--;
      this.store.setState({ working: left > 0 ? 1 - left / missing.length : null });
      if (left === 0) this.store.setState({ allMs: performance.now() - this.startedMs });
    };
    for (const one of ahead) stops.push(this.ask(one.policy, one.sizes, missing.length, ended));
    if (this.store.getState().statistics === null) this.askStatistics();
    for (const one of rest) stops.push(this.ask(one.policy, one.sizes, missing.length, ended));
    this.stopCurves = () => {
      this.stopCurves = () => {};
      for (const stop of stops) stop();
      this.store.setState({ working: null });
    };
  }

  /** Sizes of a policy's curve that are not known yet; null where the samples decide which can be had. */
  private missingSizes(policy: string): number[] | null {
    const { summary, scale, sampleRate, lines } = this.store.getState();
    const line = lines[policy];
    if (line?.state === 'refused') return [];
    if (sampleRate !== null) return line?.state === 'done' ? [] : null;
    const known = new Set(line?.points.map(({ sizeEntries }) => sizeEntries));
    return sizesOf({ points, scale, most: summary?.distinct ?? 1 }).filter((size) => !known.has(size));
  }

  private ask(policy: string, sizes: number[] | null, outOf: number, ended: () => void): () => void {
    const { scale, sampleRate } = this.store.getState();
    const change = (next: (line: CurveLine) => Partial<CurveLine>) => {
      const { lines } = this.store.getState();
      const line = lines[policy] ?? emptyLine(policy);
      this.store.setState({ lines: { ...lines, [policy]: { ...line, ...next(line) } } });
    };
    const hear = (part: CurvesPart) => {
      if (part.kind === 'fine') change(() => ({ fine: part.points.map(exactly) }));
      else if (part.kind === 'point') {
        const { point } = part;
        if ('refused' in point) change(() => ({ reason: point.refused }));
        else change(({ points: known }) => ({ state: 'running', points: withPoint(known, exactly(point)) }));
      } else if (part.kind === 'curve') this.finish(part.curve, change);
    };
    const input = { policies: [policy], points, scale, sizes: sizes ?? undefined, sampleRate: sampleRate ?? undefined };
    return this.client.command('curves', input, {
      progress: ({ share }) => {
        const { working } = this.store.getState();
        if (working !== null)
          this.store.setState({ working: Math.max(working, Math.floor(working * outOf) / outOf + share / outOf) });
      },
      part: hear,
      done: ended,
      failed: (reason) => {
        change(() => ({ state: 'refused', reason }));
        ended();
      },
      cancelled: () => change(({ points: known }) => ({ state: known.length > 0 ? 'done' : 'waiting' })),
    });
  }

  private finish(
    curve: Extract<CurvesPart, { kind: 'curve' }>['curve'],
    change: (next: (line: CurveLine) => Partial<CurveLine>) => void,
  ): void {
    if (curve.kind === 'refused') {
      change(() => ({ state: 'refused', reason: curve.reason }));
      return;
    }
    const usable = curve.points.flatMap((point) => ('hitRatio' in point ? [exactly(point)] : []));
    change(({ points: known }) => ({
      state: 'done',
      knee: curve.knee,
      points: usable.reduce<readonly LinePoint[]>(withPoint, known),
    }));
    if (this.store.getState().firstMs === null) this.store.setState({ firstMs: performance.now() - this.startedMs });
  }

  private askStatistics(): void {
    const { summary } = this.store.getState();
    const isCurrent = () => this.store.getState().summary === summary;
    this.client.command(
      'statistics',
      {},
      {
        done: (statistics) => {
          if (isCurrent()) this.store.setState({ statistics });
        },
        failed: (statisticsProblem) => {
          if (isCurrent()) this.store.setState({ statisticsProblem });
        },
      },
    );
  }
}

function emptyLine(policy: string): CurveLine {
  return { policy, state: 'waiting', points: [], fine: [], knee: null, reason: '' };
}

function exactly(point: { sizeEntries: number; hitRatio: number; error?: number }): LinePoint {
  return { sizeEntries: point.sizeEntries, hitRatio: point.hitRatio, error: point.error ?? 0 };
}

function withPoint(known: readonly LinePoint[], point: LinePoint): readonly LinePoint[] {
  return [...known.filter(({ sizeEntries }) => sizeEntries !== point.sizeEntries), point].sort(
    (a, b) => a.sizeEntries - b.sizeEntries,
  );
}

function keptSize(at: number | null, distinct: number): number | null {
  return at === null || at > distinct ? null : at;
}
