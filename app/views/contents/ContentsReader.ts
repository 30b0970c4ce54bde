import { closingUs, type SpanStore } from '../../../src/index.ts';
import { applyEvent, contentsEvents } from './contentsEvents.ts';
import { type ContentsRules, plainRules } from './contentsRules.ts';
import { ContentsState } from './ContentsState.ts';

/** Rows between two checkpoints, at first. */
const checkpointRows = 20_000;
/** Room for checkpoints, in slots and known versions over all of them; an entry takes about 60 bytes. */
const checkpointRoom = 1_000_000;
const mostCheckpoints = 32;

/** What is known of one entry at the moment read. Times in µs. */
export interface ContentsEntry {
  slot: number;
  key: number;
  version: number;
  storedUs: number;
  /** Infinity without a TTL. */
  expiresUs: number;
  lastReadUs: number;
  /** Times it was found since its key came in. */
  reads: number;
  /** The database holds a newer version. */
  stale: boolean;
  /** Past its time to live; it is kept until `goneUs`. */
  overdue: boolean;
  goneUs: number;
  /** The version in its key; −1 where it lies under the key itself. */
  at: number;
  /** It says under which version to look. */
  pointer: boolean;
}

/**
 * The contents of one cache node at any moment, read from the rows: forward by what is new, backward from the nearest of
 * a bounded number of checkpoints. One reader follows one store of rows; a fork is a new store and needs a new reader.
 */
export class ContentsReader {
  readonly spans: SpanStore;
  readonly node: number;
  /** What rows do not say; may be replaced when a knob is turned. */
  rules: ContentsRules;
  /** Grows by one whenever the moment read changes. */
  revision = 0;
  private current = new ContentsState();
  private checkpoints: ContentsState[] = [];
  private spacingRows = checkpointRows;
  private rowsSinceCheckpoint = 0;

  constructor(spans: SpanStore, node: number, rules = plainRules) {
    this.spans = spans;
    this.node = node;
    this.rules = rules;
  }

  /** The state read by the last {@link seek}; its columns are for reading only, and change with the next seek. */
  get state(): ContentsState {
    return this.current;
  }

  /** Reads the contents at `atUs`, at most at the last µs before `horizonUs`, which is where knowledge ends. */
  seek(atUs: number, horizonUs: number): ContentsState {
    const targetUs = Math.min(Math.floor(atUs), horizonUs - 1);
    if (targetUs === this.current.atUs) return this.current;
    this.revision++;
    if (targetUs < this.current.atUs) this.goBack(targetUs);
    while (this.current.atUs < targetUs) this.goForward(targetUs);
    return this.current;
  }

  /** All entries of the moment read, in order of slot. */
  entries(): ContentsEntry[] {
    const found: ContentsEntry[] = [];
    for (let slot = 0; slot < this.current.slotCount; slot++) {
      const entry = this.entry(slot);
      if (entry !== null) found.push(entry);
    }
    return found;
  }

  /** The entry in a slot; null where the slot is free, or holds what must have expired where rows are missing. */
  entry(slot: number): ContentsEntry | null {
    const { current } = this;
    const key = slot < current.slotCount ? current.key[slot] : -1;
    if (key < 0 || (!current.exact && current.goneUs[slot] <= current.atUs)) return null;
    return {
      slot,
      key,
      version: current.version[slot],
      storedUs: current.storedUs[slot],
      expiresUs: current.expiresUs[slot],
      lastReadUs: current.lastReadUs[slot],
      reads: current.reads[slot],
      stale: current.isStale(slot),
      overdue: current.isOverdue(slot),
      goneUs: current.goneUs[slot],
      at: current.at[slot],
      pointer: current.pointer[slot] === 1,
    };
  }

  private goBack(targetUs: number): void {
    let nearest: ContentsState | undefined;
    for (const checkpoint of this.checkpoints) if (checkpoint.atUs <= targetUs) nearest = checkpoint;
    this.current = nearest === undefined ? new ContentsState() : nearest.copy();
    this.rowsSinceCheckpoint = 0;
  }

  private goForward(targetUs: number): void {
    const { spans, current } = this;
    const from = spans.firstClosing(current.atUs + 1);
    const last = from + this.spacingRows;
    let untilUs = targetUs;
    if (last < spans.closed.length)
      untilUs = Math.min(targetUs, Math.max(current.atUs + 1, closingUs(spans.closed, last)));
    if (spans.thinnedBeforeUs > Math.max(0, current.atUs)) current.exact = false;
    const { node, rules } = this;
    for (const event of contentsEvents(spans, node, current.atUs, untilUs, rules.server))
      applyEvent(current, event, node, rules);
    this.rowsSinceCheckpoint += Math.max(0, spans.firstClosing(untilUs + 1) - from);
    current.atUs = untilUs;
    if (this.rowsSinceCheckpoint >= this.spacingRows) this.keepCheckpoint();
  }

  private keepCheckpoint(): void {
    this.rowsSinceCheckpoint = 0;
    const { checkpoints, current } = this;
    if (checkpoints.length > 0 && checkpoints[checkpoints.length - 1].atUs >= current.atUs) return;
    checkpoints.push(current.copy());
    const size = checkpoints.reduce((sum, state) => sum + state.slotCount + state.truth.size, 0);
    if (checkpoints.length <= mostCheckpoints && size <= checkpointRoom) return;
    this.checkpoints = checkpoints.filter((_, index) => index % 2 === 0);
    this.spacingRows *= 2;
  }
}
