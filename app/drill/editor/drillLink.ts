import { bytesOfLink, type PackedFault, packText, unpackText } from '../../share/packedText.ts';

/** First byte of a drill's link, far from the versions of links to runs. */
export const drillLinkVersion = 65;
/** Characters a link may have, and bytes it may unfold to. */
export const drillLinkLimits = { packedCharacters: 32_768, unpackedBytes: 262_144 } as const;

const format = { version: drillLinkVersion, ...drillLinkLimits };

/** Packs the text of a drill for an address, as links to runs are. @throws RangeError when it would be longer than a reader accepts. */
export async function encodeDrillLink(text: string): Promise<string> {
  const link = await packText(text, format);
  if (link === undefined) throw new RangeError('This drill is too long for a link. Save it as a file instead.');
  return link;
}

/** Unpacks a link from anywhere. Never rejects: whatever is wrong comes back as a sentence. */
export async function decodeDrillLink(link: string): Promise<{ text: string } | { error: string }> {
  if (link.length > drillLinkLimits.packedCharacters) return broken('it is longer than any link to a drill');
  if (link === '' || /[^A-Za-z0-9_-]/.test(link) || link.length % 4 === 1) return broken(faults.damaged);
  const found = await unpackText(bytesOfLink(link), format);
  return 'text' in found ? found : broken(faults[found.fault]);
}

const faults: Record<PackedFault, string> = {
  beginning: 'its beginning is not that of a link to a drill',
  damaged: 'its end is missing, or it was changed',
  'too much': 'it unfolds to more than a drill may hold',
};

function broken(what: string): { error: string } {
  return { error: `This link is broken: ${what}. Copy the whole link again, or ask for a new one.` };
}
