import { basename } from 'node:path';
import { allPolicies } from '../../../policies/allPolicies.ts';
import { nearestId } from '../../../policies/nearestId.ts';
import { describeFound } from '../../../scenario/problems.ts';
import { type ReplayRow, replayCommand } from '../../traceCommands/replayCommand.ts';
import { invalid } from '../exit.ts';
import { inSlices } from '../interrupt.ts';
import { Progress } from '../Progress.ts';
import { readSeed, readWhole } from '../scenarioSource.ts';
import { formatTable } from '../table.ts';
import { type TraceOptions, readTrace, readTraceOptions } from '../traceSource.ts';

/** Options of `replay`, as written. */
export interface ReplayCommandOptions extends TraceOptions {
  policy?: string;
  size?: string;
  seed?: string;
  json?: boolean;
}

/** One line of the answer. */
interface TracedRow extends ReplayRow {
  /** The trace, as it was named. */
  trace: string;
}

/** Shares of the different keys that are tried where no size is given. */
const defaultShares = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5];
/** The most entries that a policy is made for. */
const mostEntries = 1_073_741_824;
/** Between two looks at Ctrl-C. */
const sliceMs = 25;

/** Hit counts of policies over traces. @throws InvalidInput */
export async function replayTraces(
  names: readonly string[],
  options: ReplayCommandOptions,
): Promise<{ text: string; remarks: string }> {
  const policies = readPolicies(options.policy);
  const sizes = readSizes(options.size);
  const seed = options.seed === undefined ? 1 : readSeed('--seed', options.seed);
  const reading = readTraceOptions(options);
  const rows: TracedRow[] = [];
  const remarks: string[] = [];
  for (const name of names) {
    const read = await readTrace(name, reading);
    remarks.push(...read.remarks);
    const { distinct } = read.trace;
    const work = replayCommand(read.trace, { policies, sizes: sizes ?? sizesFor(distinct), seed });
    rows.push(...(await drive(work, name)).map((row) => ({ trace: name, ...row })));
  }
  const text = options.json ? JSON.stringify(rows, null, 2) : tableOf(rows);
  return { text, remarks: remarks.join('\n') };
}

async function drive(work: ReturnType<typeof replayCommand>, name: string): Promise<ReplayRow[]> {
  const progress = new Progress(`replay ${name}`);
  let rows: ReplayRow[] = [];
  try {
    await inSlices(() => {
      const endMs = performance.now() + sliceMs;
      for (;;) {
        const step = work.next();
        if (step.done) rows = step.value;
        else progress.tell(typeof step.value === 'number' ? step.value : step.value.share);
        if (step.done || performance.now() > endMs) return step.done ?? false;
      }
    });
  } finally {
    progress.end();
  }
  return rows;
}

/** The policies that are named, all without names. */
function readPolicies(text: string | undefined): string[] {
  const known = allPolicies.map(({ id }) => id);
  if (text === undefined || text === 'all') return known;
  const ids = [...new Set(text.split(',').map((id) => id.trim()))].filter((id) => id !== '');
  for (const id of ids) {
    if (known.includes(id)) continue;
    throw invalid('--policy', `found ${describeFound(id)}, expected some of ${known.join(', ')}`, nearestId(id, known));
  }
  if (ids.length === 0) throw invalid('--policy', `found nothing, expected some of ${known.join(', ')}`);
  return ids;
}

function readSizes(text: string | undefined): number[] | undefined {
  if (text === undefined) return undefined;
  return text.split(',').map((size) => {
    const entries = readWhole('--size', size.trim(), 1);
    if (entries > mostEntries) throw invalid('--size', `found ${size}, expected at most ${mostEntries}`);
    return entries;
  });
}

function sizesFor(distinct: number): number[] {
  return [...new Set(defaultShares.map((share) => Math.max(1, Math.round(share * distinct))))];
}

function tableOf(rows: readonly TracedRow[]): string {
  const cells = rows.map(({ trace, policy, size, requests, distinct, hits, misses, hitRatio }) => [
    basename(trace),
    policy,
    ...[size, requests, distinct, hits, misses].map(String),
    `${(hitRatio * 100).toFixed(2)} %`,
  ]);
  const head = ['trace', 'policy', 'size', 'requests', 'distinct', 'hits', 'misses', 'hit ratio'];
  return formatTable(head, cells, ['l', 'l', 'r', 'r', 'r', 'r', 'r', 'r']);
}
