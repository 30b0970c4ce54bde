import { murmur3Bytes } from '../../src/reading.ts';

/** What a kind of link may be. */
export interface PackedFormat {
  /** Its first byte. */
  version: number;
  /** Characters it may have. */
  packedCharacters: number;
  /** Bytes it may unfold to. */
  unpackedBytes: number;
}

/** Version, and four bytes without which one changed character could open as something else. */
const headBytes = 5;
/** One slice unfolds to some 4 MB at most: deflate's bound is 1032:1. */
const sliceBytes = 4096;

/** Text for an address: version byte, checksum (murmur3), raw deflate, base64url. @returns undefined where it would be too long. */
export async function packText(text: string, format: PackedFormat): Promise<string | undefined> {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > format.unpackedBytes) return undefined;
  const link = toBase64Url(await deflate(bytes, format.version));
  return link.length > format.packedCharacters ? undefined : link;
}

/** The bytes of base64url text. @throws DOMException for characters that are none of it. */
export function bytesOfLink(link: string): Uint8Array<ArrayBuffer> {
  const binary = atob(link.replace(/-/g, '+').replace(/_/g, '/'));
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Why the bytes of a link hold no text: another beginning, other characters than were packed, or too much in them. */
export type PackedFault = 'beginning' | 'damaged' | 'too much';

/** The text in the bytes of a link, taken out slice by slice until there is too much. Never rejects. */
export async function unpackText(
  bytes: Uint8Array<ArrayBuffer>,
  format: PackedFormat,
): Promise<{ text: string } | { fault: PackedFault }> {
  if (bytes[0] !== format.version || bytes.length <= headBytes) return { fault: 'beginning' };
  const packed = bytes.subarray(headBytes);
  if (new DataView(bytes.buffer).getUint32(1) !== checksum(packed, format.version)) return { fault: 'damaged' };
  return inflate(packed, format.unpackedBytes);
}

function checksum(packed: Uint8Array, version: number): number {
  return murmur3Bytes(packed, version) >>> 0;
}

async function deflate(bytes: Uint8Array<ArrayBuffer>, version: number): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const packed = new Uint8Array(await new Response(stream).arrayBuffer());
  const whole = new Uint8Array(packed.length + headBytes);
  whole[0] = version;
  new DataView(whole.buffer).setUint32(1, checksum(packed, version));
  whole.set(packed, headBytes);
  return whole;
}

/** Some browsers hand over everything that a write produced in one piece, so little is written at a time. */
async function inflate(
  packed: Uint8Array<ArrayBuffer>,
  mostBytes: number,
): Promise<{ text: string } | { fault: PackedFault }> {
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  const feed = async (): Promise<void> => {
    for (let from = 0; from < packed.length; from += sliceBytes)
      await writer.write(packed.subarray(from, from + sliceBytes));
    await writer.close();
  };
  // What goes wrong here shows on the reading side as well, which is where it is answered.
  const fed = feed().catch(() => undefined);
  const reader = stream.readable.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      bytes += piece.value.length;
      if (bytes > mostBytes) {
        await reader.cancel().catch(() => undefined);
        return { fault: 'too much' };
      }
      text += decoder.decode(piece.value, { stream: true });
    }
    text += decoder.decode();
    await fed;
    return { text };
  } catch {
    await reader.cancel().catch(() => undefined);
    return { fault: 'damaged' };
  }
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
