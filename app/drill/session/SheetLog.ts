import type { StateStorage } from 'zustand/middleware';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DrillMode } from '../../../src/drills.ts';
import { type KeptSheet, parseKept, writeKept } from './keptSheet.ts';
import { byTime, type Draft, isPrivate, type RunTime, type SheetAct, type SheetEvent } from './SheetAct.ts';
import { readDraft, readEvents, readRunTime } from './sheetSchema.ts';
import type { Transport } from './Transport.ts';

/** What a page may read of a log. */
export interface LogState {
  /** In order. */
  events: readonly SheetEvent[];
  /** Answers that are being written, by step. */
  drafts: Readonly<Record<string, Draft>>;
  /** The other windows of the session that answer, by role. */
  others: readonly DrillMode[];
  /** Where the candidate's run stands. */
  time: RunTime | null;
}

/** What a log needs of its surroundings. */
export interface LogOptions {
  role: DrillMode;
  hash: string;
  /** Name under which the browser keeps it. */
  name: string;
  storage: StateStorage;
  kept?: KeptSheet;
  /** To all windows of the session; null for a window alone. */
  open?: Transport | null;
  /** To those that hold the key. */
  withKey?: Transport | null;
  nowMs?: () => number;
}

const askEveryMs = 2000;
const goneAfterMs = 7000;
const draftsEveryMs = 400;

/**
 * The log of one sheet: everything that was done, in order, from whichever window. What is shown, stored, exported and sent
 * is always made from it. Logs of several windows are merged by set union, so order of arrival does not matter, and a window
 * that comes late is sent all of it.
 */
export class SheetLog {
  readonly store: StoreApi<LogState>;
  private readonly options: LogOptions;
  private readonly window = `w${Math.random().toString(36).slice(2, 10)}`;
  private readonly known = new Set<string>();
  private readonly heardMs = new Map<string, { role: DrillMode; atMs: number }>();
  private readonly stops: (() => void)[] = [];
  private acts = 0;
  /** What this window has stored last. */
  private keptText: string | null = null;
  private told: RunTime | null = null;
  private draftTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LogOptions) {
    this.options = options;
    const events = [...(options.kept?.events ?? [])].sort(byTime);
    for (const event of events) this.known.add(idOf(event));
    this.told = options.kept?.time ?? null;
    this.store = createStore<LogState>(() => ({ events, drafts: options.kept?.drafts ?? {}, others: [], time: null }));
  }

  /** Begins to listen and to store. Returns how to end that. */
  start(): () => void {
    const { open, withKey, kept, role } = this.options;
    for (const transport of [open, withKey]) {
      if (transport) this.stops.push(transport.listen((message) => this.hear(message, transport)));
    }
    if (open) {
      const ask = () => {
        open.post({ type: 'ask', window: this.window, role, have: this.shownEvents.length });
        this.forgetTheGone();
      };
      ask();
      const timer = setInterval(ask, askEveryMs);
      this.stops.push(() => clearInterval(timer));
    }
    withKey?.post({ type: 'ask', window: this.window, role, have: 0 });
    const keep = () => this.keep();
    const timer = setInterval(keep, 5000);
    addEventListener('pagehide', keep);
    this.stops.push(() => {
      clearInterval(timer);
      removeEventListener('pagehide', keep);
    });
    const gapMs = kept === undefined ? 0 : this.wallMs() - kept.seenMs;
    if (gapMs > 1000 && this.isRunning) this.act({ do: 'away', ms: gapMs });
    return () => this.stop();
  }

  /** Milliseconds since the drill began; 0 before. */
  nowMs(): number {
    const begun = this.begun;
    return begun === undefined ? 0 : Math.max(0, this.wallMs() - Date.parse(begun.startedAt));
  }

  /** Does something: it goes into the log, into storage, and to the other windows that may know. */
  act(act: SheetAct): void {
    if (this.options.role === 'audience') return;
    // What was done with another window's act in sight comes after it, whatever their clocks say.
    const last = this.store.getState().events.at(-1);
    const earliestMs = last === undefined ? 0 : last.atMs + (last.from === this.window ? 0 : 1);
    const atMs = Math.max(Math.round(this.nowMs()), earliestMs);
    const event: SheetEvent = { from: this.window, n: this.acts++, atMs, act };
    this.add([event]);
    this.keep();
    this.send([event]);
  }

  /** Keeps an answer that is being written; other windows see it as it grows. */
  draft(step: string, draft: Draft): void {
    if (this.options.role === 'audience') return;
    this.store.setState({ drafts: { ...this.store.getState().drafts, [step]: draft } });
    this.draftTimer ??= setTimeout(() => {
      this.draftTimer = undefined;
      this.keep();
      this.options.open?.post({ type: 'drafts', drafts: this.store.getState().drafts });
    }, draftsEveryMs);
  }

  /** Takes the acts of a file in place of its own; in words why it cannot, else empty. */
  load(events: readonly SheetEvent[]): string {
    const read = readEvents(events);
    if (read === undefined) return 'What stands in it cannot be read.';
    this.add(read);
    this.keep();
    return '';
  }

  /** Tells where this window's run stands. */
  tellTime(time: RunTime): void {
    this.told = time;
    this.options.open?.post({ type: 'time', time });
  }

  /** Where the run of an attempt stood when it was last told, µs; 0 for one that has not been. */
  toldUs(step: string, n: number): number {
    return this.told !== null && this.told.step === step && this.told.n === n ? this.told.atUs : 0;
  }

  /** Everything is forgotten, and the sheet is new. */
  clear(): void {
    this.known.clear();
    this.told = null;
    this.store.setState({ events: [], drafts: {}, time: null });
    this.options.storage.removeItem(this.options.name);
    this.options.open?.post({ type: 'clear' });
  }

  private get begun(): Extract<SheetAct, { do: 'begin' }> | undefined {
    return beginOf(this.store.getState().events);
  }

  private get shownEvents(): SheetEvent[] {
    return this.store.getState().events.filter(({ act }) => !isPrivate(act));
  }

  private get isRunning(): boolean {
    return this.begun !== undefined && !this.store.getState().events.some(({ act }) => act.do === 'finish');
  }

  private wallMs(): number {
    return this.options.nowMs?.() ?? Date.now();
  }

  private add(events: readonly SheetEvent[]): void {
    const fresh = events.filter((event) => !this.known.has(idOf(event)));
    if (fresh.length === 0) return;
    for (const event of fresh) this.known.add(idOf(event));
    this.store.setState({ events: [...this.store.getState().events, ...fresh].sort(byTime) });
  }

  private keep(): void {
    const { storage, name, hash, role } = this.options;
    if (role === 'audience' || !this.joinKept()) return;
    const { events, drafts } = this.store.getState();
    if (events.length === 0) return;
    writeKept(storage, name, {
      hash,
      events: [...events],
      drafts: { ...drafts },
      seenMs: this.wallMs(),
      ...(this.told === null ? {} : { time: this.told }),
    });
    this.keptText = storage.getItem(name) as string | null;
  }

  /**
   * Adds what another tab has stored of the same sheet, which would else be written over. Returns false where that tab has
   * begun a later sheet: this one is then no longer what the browser keeps.
   */
  private joinKept(): boolean {
    const text = this.options.storage.getItem(this.options.name) as string | null;
    if (text === null || text === this.keptText) return true;
    const kept = parseKept(text);
    const own = this.begun;
    if (typeof kept === 'string' || kept.hash !== this.options.hash || own === undefined) return true;
    const other = beginOf(kept.events);
    if (other === undefined) return true;
    if (other.startedAt === own.startedAt) this.add(kept.events);
    return Date.parse(other.startedAt) <= Date.parse(own.startedAt);
  }

  private send(events: readonly SheetEvent[]): void {
    const open = events.filter(({ act }) => !isPrivate(act));
    if (open.length > 0) this.options.open?.post({ type: 'log', events: open });
    if (open.length < events.length)
      this.options.withKey?.post({ type: 'log', events: events.filter(({ act }) => isPrivate(act)) });
  }

  private hear(message: unknown, from: Transport): void {
    if (typeof message !== 'object' || message === null) return;
    const { type, window, role, have, events, drafts, time } = message as Record<string, unknown>;
    if (type === 'log') {
      this.add(readEvents(events) ?? []);
      this.keep();
    } else if (type === 'ask' || type === 'here') {
      this.meet(window, role);
      if (type === 'ask') this.answer(from, typeof have === 'number' ? have : 0);
    } else if (type === 'drafts' && typeof drafts === 'object' && drafts !== null) {
      this.takeDrafts(drafts as Record<string, unknown>);
    } else if (type === 'time') {
      this.store.setState({ time: readRunTime(time) });
    } else if (type === 'clear') {
      this.known.clear();
      this.store.setState({ events: [], drafts: {}, time: null });
      this.options.storage.removeItem(this.options.name);
    }
  }

  private meet(window: unknown, role: unknown): void {
    if (typeof window !== 'string' || window.length > 20) return;
    if (role !== 'candidate' && role !== 'interviewer' && role !== 'audience') return;
    this.heardMs.set(window, { role, atMs: this.wallMs() });
    this.forgetTheGone();
  }

  /** Somebody came, or looks whether we are here. One that knows less than we do is sent all that it may know. */
  private answer(to: Transport, have: number): void {
    const { open, withKey, role } = this.options;
    const { events, drafts } = this.store.getState();
    if (to === open) {
      open.post({ type: 'here', window: this.window, role });
      const shown = this.shownEvents;
      if (shown.length > have) open.post({ type: 'log', events: shown });
      if (have === 0 && Object.keys(drafts).length > 0) open.post({ type: 'drafts', drafts });
      if (this.told !== null) open.post({ type: 'time', time: this.told });
    } else if (to === withKey) {
      withKey.post({ type: 'log', events: events.filter(({ act }) => isPrivate(act)) });
    }
  }

  private takeDrafts(drafts: Record<string, unknown>): void {
    const read: Record<string, Draft> = {};
    for (const [step, draft] of Object.entries(drafts).slice(0, 100)) {
      const one = readDraft(draft);
      if (one !== undefined && step !== '__proto__') read[step] = one;
    }
    this.store.setState({ drafts: { ...this.store.getState().drafts, ...read } });
  }

  private forgetTheGone(): void {
    const oldestMs = this.wallMs() - goneAfterMs;
    for (const [window, { atMs }] of this.heardMs) if (atMs < oldestMs) this.heardMs.delete(window);
    const others = [...this.heardMs.values()].map(({ role }) => role).sort();
    if (others.join() !== this.store.getState().others.join()) this.store.setState({ others });
  }

  private stop(): void {
    this.keep();
    clearTimeout(this.draftTimer);
    for (const stop of this.stops.splice(0)) stop();
    this.options.open?.close();
    this.options.withKey?.close();
  }
}

function beginOf(events: readonly SheetEvent[]): Extract<SheetAct, { do: 'begin' }> | undefined {
  for (const { act } of events) if (act.do === 'begin') return act;
  return undefined;
}

function idOf({ from, n }: SheetEvent): string {
  return `${from}/${n}`;
}
