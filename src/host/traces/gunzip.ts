import { TraceProblem } from '../../replay/TraceProblem.ts';
import { GzipMember, type TakeBytes, type Unpacker } from './GzipMember.ts';

/** A thousandfold is the most that deflate can do, so no slice makes more than four megabytes at once. */
const sliceBytes = 4096;
/** Files that are glued together from more members than this are refused where each needs an unpacker of its own. */
const mostMembers = 20_000;
/** Two empty members, one after the other. */
const twoMembers = [0, 1].flatMap(() => [31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

let membersProbe: Promise<boolean> | null = null;

/** Whether this platform's unpacker goes on into the next member by itself. Node does; the standard forbids it. */
async function goesOn(unpacker: Unpacker): Promise<boolean> {
  try {
    const member = new GzipMember(unpacker, async () => true, false);
    await member.write(Uint8Array.from(twoMembers));
    await member.close();
    return true;
  } catch {
    return false;
  }
}

/**
 * Unpacks a gzip file (RFC 1952; several members one after the other are one file) in slices, so that a bomb never has more than a
 * few megabytes in memory: `take` counts what comes out. Ends early, without a word, once `take` returns false. Throws a
 * TraceProblem where the file is damaged or cut off, and what `take` throws.
 */
export async function gunzip(
  next: () => Promise<Uint8Array | null>,
  take: TakeBytes,
  unpacker: Unpacker = DecompressionStream,
): Promise<void> {
  if (unpacker === DecompressionStream) membersProbe ??= goesOn(unpacker);
  const isWhole = unpacker === DecompressionStream ? await membersProbe : await goesOn(unpacker);
  const members = new Members(unpacker, take, !isWhole);
  try {
    for (let chunk = await next(); chunk !== null && !members.isEnough; chunk = await next()) {
      for (let at = 0; at < chunk.length && !members.isEnough; at += sliceBytes) {
        // A copy: who reads the file may use its own buffer again.
        await members.feed(chunk.slice(at, at + sliceBytes));
      }
    }
    if (!members.isEnough) await members.close();
  } finally {
    await members.drop();
  }
}

/** The members of one file. Where the unpacker stops at the end of each, the next is found by its magic number and the CRC before it. */
class Members {
  private readonly unpacker: Unpacker;
  private readonly take: TakeBytes;
  private readonly splits: boolean;
  private member: GzipMember;
  private count = 1;
  /** Fed to nobody yet: perhaps the first bytes of a magic number. */
  private held = new Uint8Array(0);
  /** Whether `held` begins where the current member does. */
  private isAtStart = true;

  constructor(unpacker: Unpacker, take: TakeBytes, splits: boolean) {
    this.unpacker = unpacker;
    this.take = take;
    this.splits = splits;
    this.member = new GzipMember(unpacker, take, splits);
  }

  get isEnough(): boolean {
    return this.member.isEnough;
  }

  async feed(slice: Uint8Array<ArrayBuffer>): Promise<void> {
    if (!this.splits) return this.member.write(slice);
    const bytes = new Uint8Array(this.held.length + slice.length);
    bytes.set(this.held);
    bytes.set(slice, this.held.length);
    let from = 0;
    for (;;) {
      const found = magicFrom(bytes, from + (this.isAtStart ? 1 : 0));
      if (found > from) {
        await this.member.write(bytes.slice(from, found));
        this.isAtStart = false;
      }
      from = found;
      if (from + 4 > bytes.length) break;
      await this.turnTo();
    }
    this.held = bytes.slice(from);
  }

  async close(): Promise<void> {
    if (this.held.length > 0) await this.member.write(this.held);
    await this.member.close();
  }

  drop(): Promise<void> {
    return this.member.drop();
  }

  /** A magic number comes next: begins a new member if the current one is complete. */
  private async turnTo(): Promise<void> {
    if (this.isAtStart) return;
    this.isAtStart = true;
    if (!(await this.member.isComplete())) return;
    await this.member.close();
    if (++this.count > mostMembers)
      throw new TraceProblem(
        `found more than ${mostMembers} gzip members in one file, expected fewer: unpack it first`,
      );
    this.member = new GzipMember(this.unpacker, this.take, true);
  }
}

/** Where the next magic number with sound flags begins, or what may become one at the end; the length where there is none. */
function magicFrom(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(31, from); at >= 0; at = bytes.indexOf(31, at + 1)) {
    const [second = 139, method = 8, flags = 0] = bytes.subarray(at + 1, at + 4);
    if (second === 139 && method === 8 && flags < 32) return at;
  }
  return bytes.length;
}
