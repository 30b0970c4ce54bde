import type { StateStorage } from 'zustand/middleware';
import type { Draft, RunTime, SheetEvent } from './SheetAct.ts';
import { readDraft, readEvents, readRunTime } from './sheetSchema.ts';

/** Version of what is stored of a sheet under way. */
export const keptVersion = 1;

/** A sheet as the browser keeps it. */
export interface KeptSheet {
  /** The script it was begun with. */
  hash: string;
  events: SheetEvent[];
  drafts: Record<string, Draft>;
  /** When it was last known to be open, ms of the wall clock. */
  seenMs: number;
  /** Where this window's run stood. */
  time?: RunTime;
}

/** What was found: a sheet, nothing, or why what was there cannot be used. It is then kept under another name. */
export type Found = { sheet: KeptSheet } | { notice: string } | null;

/** Reads a sheet. Damaged data, another version and another script are set aside, and said. */
export function readKept(storage: StateStorage, name: string, hash: string): Found {
  const text = storage.getItem(name) as string | null;
  if (text === null) return null;
  const sheet = parseKept(text);
  if (typeof sheet !== 'string' && sheet.hash === hash) return { sheet };
  storage.setItem(`${name}.aside`, text);
  storage.removeItem(name);
  const why = typeof sheet === 'string' ? sheet : 'The drill has changed since you began it';
  return { notice: `${why}, so it starts anew. What was stored is kept beside it, under “${name}.aside”.` };
}

/** Stores a sheet. */
export function writeKept(storage: StateStorage, name: string, sheet: KeptSheet): void {
  storage.setItem(name, JSON.stringify({ version: keptVersion, ...sheet }));
}

/** A sheet out of its text, or in words why there is none in it. */
export function parseKept(text: string): KeptSheet | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'What this browser had stored of your drill is damaged';
  }
  if (typeof value !== 'object' || value === null) return 'What this browser had stored of your drill is damaged';
  const { version, hash, events, drafts, seenMs, time } = value as Record<string, unknown>;
  if (version !== keptVersion) return 'Your drill was stored by another version of this page';
  const read = readEvents(events);
  if (read === undefined || typeof hash !== 'string' || typeof seenMs !== 'number' || !Number.isFinite(seenMs))
    return 'What this browser had stored of your drill is damaged';
  const kept: Record<string, Draft> = {};
  for (const [step, draft] of Object.entries(typeof drafts === 'object' && drafts !== null ? drafts : {})) {
    const one = readDraft(draft);
    if (one !== undefined && step !== '__proto__') kept[step] = one;
  }
  const stood = readRunTime(time);
  return { hash, events: read, drafts: kept, seenMs, ...(stood === null ? {} : { time: stood }) };
}
