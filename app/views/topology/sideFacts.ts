import type { MeaningName } from '../../ui/MeaningMark.tsx';
import type { AsideKind } from './asideKinds.ts';
import type { CardFacts } from './model.ts';
import type { ServerCard } from './serverCard.ts';

/** Readers who wait, by key. */
export interface WaitPicture {
  kind: 'waiters';
  /** The keys with most waiters; `loaders` are the servers that load, by title. */
  groups: { name: string; loads: number; polls: number; loaders: string[] }[];
  /** Keys with waiters beyond those. */
  more: number;
}

/** Locks and how long they have left. */
export interface LockPicture {
  kind: 'locks';
  locks: { name: string; holder: string; down: boolean; leftUs: number; share: number }[];
  more: number;
}

/** Refreshes under way, by key, longest first. */
export interface RefreshPicture {
  kind: 'refreshes';
  names: string[];
}

/** The write-behind buffer. */
export interface BufferPicture {
  kind: 'buffer';
  /** Keys at which a batch is sent. */
  size: number;
  waiting: number;
  /** Keys in the statement under way. */
  sent: number;
  /** The keys written last that wait, newest first, with the writes that each stands for. */
  newest: { name: string; writes: number }[];
  /** Time until the batch goes, as a share of the longest wait; 0 … 1. */
  dueShare: number;
}

/** The bits of the Bloom filter, folded into cells. */
export interface FilterPicture {
  kind: 'filter';
  bits: number;
  hashes: number;
  ones: number;
  /** Share of set bits in each cell, first bits first. */
  shares: number[];
  /** False where inserted ids may be missing. */
  exact: boolean;
  /** Where the id that was turned away last looked, and whether that bit is set. */
  probes: { cell: number; set: boolean }[];
}

/** Entries that say that there is no such row. */
export interface NegativePicture {
  kind: 'negative';
  held: number;
  /** Entries that one cell stands for. */
  each: number;
  /** What is left of the life of each cell's entries, 0 … 1. */
  left: number[];
}

/** Circuit breakers. */
export interface BreakerPicture {
  kind: 'breakers';
  /** 0 closed, 1 open, 2 half-open. */
  breakers: { server: string; node: string; state: number }[];
}

/** What is drawn of a fact. */
export type SidePicture =
  | WaitPicture
  | LockPicture
  | RefreshPicture
  | BufferPicture
  | FilterPicture
  | NegativePicture
  | BreakerPicture;

/** Something that is going on beside the requests: its words, and the same as a picture. */
export interface SideFact {
  id: AsideKind;
  title: string;
  text: string;
  meaning: MeaningName | null;
  picture: SidePicture | null;
}

/** A card in the band below: what it says, and what is drawn in it. */
export interface ExtraFacts {
  headline: string;
  detail: string;
  slots?: number;
  picture?: ExtraPicture;
}

/** Messages on their way, by server. */
export interface BusPicture {
  kind: 'bus';
  mail: { title: string; onTheWay: number; lost: number }[];
}

/** The line of a feed: what the reader has taken (at most a few), what it has in hand, what waits. */
export interface FeedPicture {
  kind: 'feed';
  taken: number;
  working: boolean;
  waiting: number;
}

/** What the primary has committed and a replica has not. */
export interface ReplicaPicture {
  kind: 'replica';
  behind: number;
}

/** What is drawn in a card of the band below, besides slots and lines. */
export type ExtraPicture = BusPicture | FeedPicture | ReplicaPicture;

/** What a server keeps in its own memory. */
export interface MemoryFacts {
  /** It is switched on at this moment. */
  on: boolean;
  entries: number;
  capacity: number;
  /** Look-ups of the last second, and how many of them found something. */
  gets: number;
  hits: number;
  /** The words of the card of such a server, divided in this way, so many pixels wide. */
  lines: (parts: ServerCard, width: number, card: CardFacts) => CardLine[];
}

/** A line of words in a card: how far down, and what stands at its ends. */
export interface CardLine {
  top: number;
  left: string;
  right: string;
}
