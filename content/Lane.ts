import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Session } from '../src/host/Session.ts';
import { parseScenario } from '../src/scenario/parseScenario.ts';
import { applyPatch, type Patch } from '../src/scenario/patch.ts';
import { formatProblem } from '../src/scenario/problems.ts';
import { readScenario } from '../src/scenario/readScenario.ts';
import type { Scenario, ScenarioInput } from '../src/scenario/schema.ts';
import { type Row, rowAt } from '../src/spans/columns.ts';

/** A scenario of the library, by its id. @throws Error with its problems in words. */
function load(id: string): { scenario: Scenario; input: ScenarioInput } {
  const file = `content/scenarios/${id}.yaml`;
  const parsed = parseScenario(readFileSync(fileURLToPath(new URL(`scenarios/${id}.yaml`, import.meta.url)), 'utf8'), {
    file,
  });
  if ('problems' in parsed) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed;
}

/** One lane of a scenario of the library, run up to a second; its figures by half-open ranges of seconds. For tests. */
export class Lane {
  readonly scenario: Scenario;
  private readonly session: Session;
  private readonly batch: ReturnType<Session['take']>;

  constructor(id: string, untilS: number, patch: Patch = {}) {
    const read = readScenario(applyPatch(load(id).input, patch));
    if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
    this.scenario = read.scenario;
    this.session = new Session(read.scenario, []);
    this.session.advance(untilS * 1e6);
    this.batch = this.session.take();
  }

  /** Lanes A and B as the scenario compares them. */
  static both(id: string, untilS: number): [Lane, Lane] {
    return [new Lane(id, untilS), new Lane(id, untilS, load(id).scenario.view.compare)];
  }

  /** What was counted in these columns, or in this one. */
  sum(columns: string | readonly string[], fromS: number, toS: number): number {
    return [columns].flat().reduce((sum, id) => sum + this.windows(id, fromS, toS).reduce((a, b) => a + b, 0), 0);
  }

  /** The same a second. */
  rate(columns: string | readonly string[], fromS: number, toS: number): number {
    return this.sum(columns, fromS, toS) / (toS - fromS);
  }

  /** The largest value of a column in the windows of a range. */
  max(column: string, fromS: number, toS: number): number {
    return Math.max(...this.windows(column, fromS, toS));
  }

  /** One sum over another. */
  share(part: string, whole: string, fromS: number, toS: number): number {
    return this.sum(part, fromS, toS) / this.sum(whole, fromS, toS);
  }

  /** Look-ups of the shared cache that hit, of all of them. */
  hitRatio(fromS: number, toS: number): number {
    return this.share('cache.hits{tier=redis}', 'cache.gets{tier=redis}', fromS, toS);
  }

  /** Every finished row. */
  rows(): Row[] {
    const { closed } = this.batch;
    return Array.from({ length: closed.length }, (_, index) => rowAt(closed, index));
  }

  windows(column: string, fromS: number, toS: number): number[] {
    const { metrics } = this.session.world;
    const { values, count } = this.batch.windows;
    const { window } = this.scenario;
    const first = (fromS * 1e6) / window;
    const last = Math.min(count, (toS * 1e6) / window);
    const at = metrics.index(column);
    return Array.from({ length: last - first }, (_, k) => values[(first + k) * metrics.columns.length + at]);
  }
}
