import { safeStorage } from '../../stores/safeStorage.ts';
import { drillLinkLimits } from './drillLink.ts';

const storage = safeStorage();
const key = 'hotpath.drill.draft';

/** What was last written here, in this browser; undefined where there is nothing, or nothing that can be read. */
export function readDraft(): string | undefined {
  const kept = storage.getItem(key) as string | null;
  if (kept === null) return undefined;
  try {
    const value: unknown = JSON.parse(kept);
    if (typeof value !== 'object' || value === null || !('v' in value) || value.v !== 1 || !('text' in value))
      return undefined;
    return typeof value.text === 'string' && value.text.length <= drillLinkLimits.unpackedBytes
      ? value.text
      : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the text as the draft of this browser. */
export function keepDraft(text: string): void {
  if (text.length <= drillLinkLimits.unpackedBytes) storage.setItem(key, JSON.stringify({ v: 1, text }));
}
