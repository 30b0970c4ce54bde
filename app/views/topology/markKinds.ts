import { type Columns, FLAG, OP, OUTCOME } from '../../../src/index.ts';

/** What a mark says by colour and shape. The index is the sprite. */
export const markKinds = ['plain', 'hit', 'miss', 'stale', 'error', 'write', 'refresh'] as const;
/** Their places in that list. */
export const KIND = { plain: 0, hit: 1, miss: 2, stale: 3, error: 4, write: 5, refresh: 6 } as const;

/** Whether a call changes what is stored. */
export function isWriting(op: number): boolean {
  return op === OP['database.batch'] || op === OP['database.write'] || op === OP['cache.delete'];
}

/** What the mark of a call says on its way there; `before` is what it said before. */
export function callKind(table: Columns, index: number, before: number): number {
  const op = table.op[index];
  if (isWriting(op) || op === OP['cache.write']) return KIND.write;
  if (op === OP['database.read'] || op === OP['cache.set'] || op === OP['cache.lock']) return KIND.miss;
  return before;
}

/** What it says on its way back. */
export function answerKind(table: Columns, index: number): number {
  const outcome = table.outcome[index];
  if (outcome >= OUTCOME.timeout) return KIND.error;
  const op = table.op[index];
  if (op === OP['cache.get'] || op === OP['cache.load'] || op === OP['cache.get-many'])
    return outcome === OUTCOME.hit ? KIND.hit : KIND.miss;
  return isWriting(op) || op === OP['cache.write'] || op === OP['cache.update'] ? KIND.write : KIND.miss;
}

/** What the mark of a request says on its way to the client. */
export function outcomeKind(table: Columns, index: number): number {
  if (table.outcome[index] >= OUTCOME.timeout) return KIND.error;
  if ((table.flags[index] & FLAG.stale) !== 0) return KIND.stale;
  if (table.op[index] === OP['request.write']) return KIND.write;
  return table.outcome[index] === OUTCOME.hit ? KIND.hit : KIND.miss;
}
