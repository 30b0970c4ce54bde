import { TraceProblem } from '../TraceProblem.ts';

/** How files begin that are something else, and what they are. */
const beginnings: readonly { bytes: readonly number[]; what: string }[] = [
  { bytes: [0x1f, 0x8b], what: 'a gzip file in a gzip file: unpack it once' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'a ZIP archive: unpack it first' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'packed with zstd: unpack it first, or pack it with gzip' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'packed with xz: unpack it first, or pack it with gzip' },
  { bytes: [0x42, 0x5a, 0x68], what: 'packed with bzip2: unpack it first, or pack it with gzip' },
  { bytes: [0xff, 0xfe], what: 'UTF-16 text: save it as UTF-8' },
  { bytes: [0xfe, 0xff], what: 'UTF-16 text: save it as UTF-8' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF document' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG picture' },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file: export the column of keys as CSV' },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], what: 'an SQLite database: export the column of keys as CSV' },
  {
    bytes: [0x52, 0x45, 0x44, 0x49, 0x53],
    what: 'a Redis dump, which has no requests: record `redis-cli MONITOR` instead',
  },
];
const expected = 'expected text: one key a line, CSV, LIRS, ARC, redis-cli MONITOR or an access log';
const [quote, lessThan, openingBracket, openingBrace] = [34, 60, 91, 123];

/** Throws a TraceProblem where the first bytes of a file show that it is no trace at all, whatever format is asked for. */
export function refuseOtherFiles(head: Uint8Array): void {
  if (head.length === 0) throw new TraceProblem(`found an empty file, ${expected}`);
  for (const { bytes, what } of beginnings) {
    if (bytes.every((byte, index) => head[index] === byte)) throw new TraceProblem(`found ${what} (${expected})`);
  }
  const nul = head.indexOf(0);
  let controls = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  // A stray NUL in a long text is a bad line; one byte in twenty is no text.
  if (controls * 20 > head.length) {
    const where = nul < 0 ? '' : ` (the first NUL is byte ${nul + 1})`;
    throw new TraceProblem(`found binary data${where}, ${expected}`);
  }
}

/** Throws a TraceProblem where the first bytes are text of a kind that nobody can have meant as a trace. */
export function refuseOtherText(head: Uint8Array): void {
  let at = 0;
  while (at < head.length && head[at] <= 32) at++;
  if (at === head.length) throw new TraceProblem(`found nothing but blank lines in the first ${at} bytes, ${expected}`);
  if (isJson(head, at))
    throw new TraceProblem(`found JSON, ${expected}; jq can write the field of the key as one a line`);
  if (head[at] !== lessThan) return;
  const start = String.fromCharCode(...head.subarray(at, at + 9)).toLowerCase();
  if (start.startsWith('<!doctype') || start.startsWith('<html') || start.startsWith('<?xml'))
    throw new TraceProblem(`found a web page or XML, ${expected}`);
}

/** Whether a list or a map begins at `at`, with a text or a map in it. */
function isJson(head: Uint8Array, at: number): boolean {
  if (head[at] !== openingBrace && head[at] !== openingBracket) return false;
  let inside = at + 1;
  while (inside < head.length && head[inside] <= 32) inside++;
  return head[inside] === quote || (head[at] === openingBracket && head[inside] === openingBrace);
}
