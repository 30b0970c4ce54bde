import { closingUs, type Columns, type SpanStore } from '../../src/index.ts';

/** Something that rows build up over time, and how. */
export interface Following<State> {
  /** Codes of the operations that matter. */
  ops: readonly number[];
  /** What there is before the first row. */
  begin(): State;
  /** Names every moment at which a row does something (µs); of one µs, lower orders come first, else lower ids. */
  moments(table: Columns, index: number, at: (atUs: number, phase?: number, order?: number) => void): void;
  /** A moment of a row has come. */
  apply(state: State, table: Columns, index: number, atUs: number, phase: number): void;
}

interface Moment {
  atUs: number;
  order: number;
  phase: number;
  table: Columns;
  index: number;
}

/**
 * A state built up by rows, at any moment: forwards by what is new since the last look, anew from the beginning when time goes
 * back. One follower follows one store of rows; a fork is a new store and needs a new follower.
 */
export class RowFollower<State> {
  readonly spans: SpanStore;
  /** Everything up to and including this moment has been applied. */
  atUs = -1;
  state: State;
  /** False where rows that may have mattered had been thinned away before they were read. */
  exact = true;
  private readonly following: Following<State>;
  private readonly wanted = new Uint8Array(256);

  constructor(spans: SpanStore, following: Following<State>) {
    this.spans = spans;
    this.following = following;
    this.state = following.begin();
    for (const op of following.ops) this.wanted[op] = 1;
  }

  /** The state at `atUs`, at most at the last µs before `horizonUs`, which is where knowledge ends. */
  seek(atUs: number, horizonUs: number): State {
    const untilUs = Math.min(Math.floor(atUs), horizonUs - 1);
    if (untilUs < this.atUs) this.startAnew();
    if (untilUs === this.atUs) return this.state;
    if (this.spans.thinnedBeforeUs > Math.max(0, this.atUs)) this.exact = false;
    for (const { table, index, atUs: when, phase } of this.moments(untilUs))
      this.following.apply(this.state, table, index, when, phase);
    this.atUs = untilUs;
    return this.state;
  }

  private startAnew(): void {
    this.atUs = -1;
    this.exact = true;
    this.state = this.following.begin();
  }

  /** What happens after the last look, up to `untilUs`, in order. */
  private moments(untilUs: number): Moment[] {
    const { spans, wanted, following, atUs: afterUs } = this;
    const found: Moment[] = [];
    const visit = (table: Columns, index: number) => {
      if (wanted[table.op[index]] === 0) return;
      following.moments(table, index, (atUs, phase = 0, order = table.id[index]) => {
        if (atUs > afterUs && atUs <= untilUs) found.push({ atUs, order, phase, table, index });
      });
    };
    const { closed } = spans;
    for (let index = spans.firstClosing(afterUs + 1); index < closed.length; index++) {
      if (closingUs(closed, index) > untilUs) break;
      visit(closed, index);
    }
    spans.forEachActive(untilUs, visit);
    return found.sort((a, b) => a.atUs - b.atUs || a.order - b.order || a.phase - b.phase);
  }
}
