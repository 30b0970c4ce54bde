import type { RunView } from '../../stage/RunView.ts';
import { formatCount } from '../../ui/format.ts';
import type { ContentsState } from '../contents/ContentsState.ts';
import { anySettingAt, settingAt } from '../settingsAt.ts';
import { hasMemory } from './asideKinds.ts';
import { lookUps, Memories } from './Memories.ts';
import { memoryLines, memoryWords } from './memoryWords.ts';
import type { MemoryFacts } from './sideFacts.ts';

/** Servers that are named one by one where all of it is said in a sentence. */
const mostNamed = 4;

/** What each server of a run keeps in its own memory at a moment: its entries for the drawing, and the figures for the words. */
export class MemoryReader {
  private readonly run: RunView;
  private readonly memories: Memories;
  private readonly servers: number[];
  private readUs = Number.NaN;
  private revision = -1;
  private known: MemoryFacts[] = [];
  private states: readonly ContentsState[] = [];

  constructor(run: RunView) {
    this.run = run;
    this.memories = new Memories(run);
    this.servers = run.meta.nodes.flatMap(({ kind }, index) => (kind === 'app' ? [index] : []));
  }

  /** The figures of the server at a node; undefined where servers of this run keep nothing. */
  facts(index: number, atUs: number): MemoryFacts | undefined {
    if (!hasMemory(this.run)) return undefined;
    this.read(atUs);
    return this.known[this.servers.indexOf(index)];
  }

  /** The entries of the server at a node, as last read. */
  entries(index: number): ContentsState | null {
    return this.states[this.servers.indexOf(index)] ?? null;
  }

  /** The same in words, for those who listen; empty where there is nothing. */
  sentence(atUs: number): string {
    if (!hasMemory(this.run)) return '';
    this.read(atUs);
    const { known, servers } = this;
    if (known.every(({ on }) => !on)) return 'Own memory of the servers: off.';
    const titles = servers.map((index) => this.run.meta.nodes[index].title);
    if (known.length <= mostNamed)
      return `Own memory: ${known.map((one, place) => `${titles[place]} ${memoryWords(one)}`).join('; ')}.`;
    const sum = (of: keyof Omit<MemoryFacts, 'on' | 'lines'>) => known.reduce((total, one) => total + one[of], 0);
    const all = { on: true, entries: sum('entries'), capacity: sum('capacity'), gets: sum('gets'), hits: sum('hits') };
    return `Own memory of ${formatCount(known.length)} servers: ${memoryWords(all)}.`;
  }

  private read(atUs: number): void {
    const { run } = this;
    if (atUs === this.readUs && run.spans.revision === this.revision) return;
    this.readUs = atUs;
    this.revision = run.spans.revision;
    this.states = this.memories.seek(atUs, run.horizonUs);
    const on = anySettingAt(run, 'local.enabled', atUs) === true;
    const capacity = settingAt(run, 'local.capacity', atUs);
    const { gets, hits } = lookUps(run, atUs);
    this.known = this.states.map((state, place) => {
      const held = { on, entries: state.held(), capacity, gets: gets[place], hits: hits[place] };
      return { ...held, lines: (...card) => memoryLines(held, ...card) };
    });
  }
}
