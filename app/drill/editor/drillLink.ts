import { murmur3Bytes } from '../../../src/reading.ts';

/** First byte of a drill's link, far from the versions of links to runs. */
export const drillLinkVersion = 65;
/** Characters a link may have, and bytes it may unfold to. */
export const drillLinkLimits = { packedCharacters: 32_768, unpackedBytes: 262_144, sliceBytes: 4096 } as const;

const headBytes = 5;

/**
 * Packs the text of a drill for an address: version byte, checksum (murmur3), raw deflate, base64url, as links to runs are.
 * @throws RangeError when it would be longer than a reader accepts
 */
export async function encodeDrillLink(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const packed = bytes.length > drillLinkLimits.unpackedBytes ? undefined : await deflate(bytes);
  const link = packed === undefined ? undefined : toBase64Url(packed);
  if (link === undefined || link.length > drillLinkLimits.packedCharacters)
    throw new RangeError('This drill is too long for a link. Save it as a file instead.');
  return link;
}

/** Unpacks a link from anywhere. Never rejects: whatever is wrong comes back as a sentence. */
export async function decodeDrillLink(link: string): Promise<{ text: string } | { error: string }> {
  try {
    if (link.length > drillLinkLimits.packedCharacters) return broken('it is longer than any link to a drill');
    if (link === '' || /[^A-Za-z0-9_-]/.test(link) || link.length % 4 === 1)
      return broken('its end is missing, or it was changed');
    const bytes = fromBase64Url(link);
    if (bytes[0] !== drillLinkVersion || bytes.length <= headBytes)
      return broken('its beginning is not that of a link to a drill');
    const packed = bytes.subarray(headBytes);
    if (new DataView(bytes.buffer).getUint32(1) !== checksum(packed))
      return broken('its end is missing, or it was changed');
    return await inflate(packed);
  } catch {
    return broken('it cannot be unpacked');
  }
}

function checksum(packed: Uint8Array): number {
  return murmur3Bytes(packed, drillLinkVersion) >>> 0;
}

function broken(what: string): { error: string } {
  return { error: `This link is broken: ${what}. Copy the whole link again, or ask for a new one.` };
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const packed = new Uint8Array(await new Response(stream).arrayBuffer());
  const whole = new Uint8Array(packed.length + headBytes);
  whole[0] = drillLinkVersion;
  new DataView(whole.buffer).setUint32(1, checksum(packed));
  whole.set(packed, headBytes);
  return whole;
}

/** Unpacks slice by slice and stops once too much has come out. */
async function inflate(packed: Uint8Array<ArrayBuffer>): Promise<{ text: string } | { error: string }> {
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  const feed = async (): Promise<void> => {
    for (let from = 0; from < packed.length; from += drillLinkLimits.sliceBytes)
      await writer.write(packed.subarray(from, from + drillLinkLimits.sliceBytes));
    await writer.close();
  };
  // What goes wrong here shows on the reading side as well, which is where it is answered.
  const fed = feed().catch(() => undefined);
  const reader = stream.readable.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    bytes += piece.value.length;
    if (bytes > drillLinkLimits.unpackedBytes) {
      await reader.cancel().catch(() => undefined);
      return broken('it unfolds to more than a drill may hold');
    }
    text += decoder.decode(piece.value, { stream: true });
  }
  await fed;
  return { text: text + decoder.decode() };
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
