import { safeStorage } from '../../stores/safeStorage.ts';
import { drillLinkLimits } from './drillLink.ts';

const storage = safeStorage();

/** What a text began as: nothing but itself, a drill of ours by id, or a link. One draft is kept of each of ours and one link. */
export interface DraftOrigin {
  drill: string;
  link: string;
}

function keyOf({ drill, link }: DraftOrigin): string {
  return `hotpath.drill.draft${link === '' ? '' : '.link'}${drill === '' ? '' : `/${drill.slice(0, 60)}`}`;
}

/** What was last written here, in this browser; undefined where there is nothing, or nothing that can be read. */
export function readDraft(origin: DraftOrigin): string | undefined {
  const kept = storage.getItem(keyOf(origin)) as string | null;
  if (kept === null) return undefined;
  try {
    const value: unknown = JSON.parse(kept);
    if (typeof value !== 'object' || value === null || !('v' in value) || value.v !== 1) return undefined;
    if (!('text' in value) || !('link' in value) || value.link !== origin.link) return undefined;
    return typeof value.text === 'string' && value.text.length <= drillLinkLimits.unpackedBytes
      ? value.text
      : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the text as the draft of this browser. */
export function keepDraft(origin: DraftOrigin, text: string): void {
  if (text.length > drillLinkLimits.unpackedBytes) return;
  storage.setItem(keyOf(origin), JSON.stringify({ v: 1, link: origin.link, text }));
}
