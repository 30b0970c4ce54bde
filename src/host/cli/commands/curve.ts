import { allPolicies } from '../../../policies/allPolicies.ts';
import { nearestId } from '../../../policies/nearestId.ts';
import type { CurvePoint } from '../../../curves/policyCurve.ts';
import type { SampledPoint } from '../../../curves/sampledCurve.ts';
import type { SizeScale } from '../../../curves/sizes.ts';
import { describeFound } from '../../../scenario/problems.ts';
import {
  curvesCommand,
  type CurvesInput,
  type CurvesOutput,
  type PolicyCurve,
} from '../../traceCommands/curvesCommand.ts';
import { invalid } from '../exit.ts';
import { inSlices } from '../interrupt.ts';
import { Progress } from '../Progress.ts';
import { readSeed, readWhole } from '../scenarioSource.ts';
import { formatTable } from '../table.ts';
import { readTrace, readTraceOptions, type TraceOptions } from '../traceSource.ts';

/** Options of `curve`, as written. */
export interface CurveCommandOptions extends TraceOptions {
  policy?: string;
  points?: string;
  scale?: string;
  size?: string;
  sample?: string;
  seed?: string;
  json?: boolean;
}

const mostPoints = 1000;
/** Between two looks at Ctrl-C. */
const sliceMs = 25;

/** Hit-ratio curves of policies over a trace. @throws InvalidInput, also where not one of the curves can be had. */
export async function curveOfTrace(
  name: string,
  options: CurveCommandOptions,
): Promise<{ text: string; remarks: string }> {
  const input = readInput(options);
  const { trace, remarks } = await readTrace(name, readTraceOptions(options));
  const output = await drive(curvesCommand(trace, input), name);
  const refused = output.curves.filter((curve) => curve.kind === 'refused');
  if (refused.length === output.curves.length) throw invalid(name, refused[0].reason);
  const notes = [
    ...remarks,
    ...refused.map(({ policy, reason }) => `${name}: no curve of ${policy}: ${reason}`),
    ...sampleRemarks(name, output),
  ];
  const text = options.json ? JSON.stringify(documentOf(name, output), null, 2) : tableOf(output);
  return { text, remarks: notes.join('\n') };
}

async function drive(work: ReturnType<typeof curvesCommand>, name: string): Promise<CurvesOutput> {
  const progress = new Progress(`curve ${name}`);
  let output: CurvesOutput | undefined;
  try {
    await inSlices(() => {
      const endMs = performance.now() + sliceMs;
      for (;;) {
        const step = work.next();
        if (step.done) output = step.value;
        else progress.tell(typeof step.value === 'number' ? step.value : step.value.share);
        if (step.done || performance.now() > endMs) return step.done ?? false;
      }
    });
  } catch (error) {
    throw error instanceof RangeError ? invalid(name, error.message) : error;
  } finally {
    progress.end();
  }
  return output as CurvesOutput;
}

function readInput({ policy, points, scale = 'log', size, sample, seed }: CurveCommandOptions): CurvesInput {
  if (scale !== 'log' && scale !== 'linear')
    throw invalid('--scale', `found ${describeFound(scale)}, expected log or linear`);
  const count = points === undefined ? 20 : readWhole('--points', points, 1);
  if (count > mostPoints) throw invalid('--points', `found ${count}, expected at most ${mostPoints}`);
  const input: CurvesInput = {
    policies: readPolicies(policy),
    points: count,
    scale: scale satisfies SizeScale,
    seed: seed === undefined ? 1 : readSeed('--seed', seed),
  };
  if (size !== undefined) input.sizes = size.split(',').map((text) => readWhole('--size', text.trim(), 1));
  if (sample !== undefined) input.sampleRate = readRate(sample);
  return input;
}

/** A share like 0.01, or 1%. */
function readRate(text: string): number {
  const rate = /^\d*\.?\d+%$/.test(text)
    ? Number(text.slice(0, -1)) / 100
    : /^\d*\.?\d+$/.test(text)
      ? Number(text)
      : NaN;
  if (rate > 0 && rate <= 0.25) return rate;
  throw invalid('--sample', `found ${describeFound(text)}, expected a share of the keys up to 0.25, like 0.01 or 1%`);
}

function readPolicies(text: string | undefined): string[] {
  const known = allPolicies.map(({ id }) => id);
  if (text === 'all') return known;
  const ids = [...new Set((text ?? 'lru').split(',').map((id) => id.trim()))].filter((id) => id !== '');
  if (ids.length === 0) throw invalid('--policy', `found nothing, expected some of ${known.join(', ')}`);
  for (const id of ids) {
    if (known.includes(id)) continue;
    throw invalid('--policy', `found ${describeFound(id)}, expected some of ${known.join(', ')}`, nearestId(id, known));
  }
  return ids;
}

/** The answer for programs, named as `replay` names things; ratios and errors are shares, 0..1. */
function documentOf(trace: string, { requests, distinct, curves }: CurvesOutput): unknown {
  return {
    trace,
    requests,
    distinct,
    curves: curves.map((curve) => {
      if (curve.kind === 'refused') return { policy: curve.policy, refused: curve.reason };
      const { policy, kind, knee } = curve;
      const head = kind === 'exact' ? { policy, exact: true } : { policy, exact: false, ...sampleOf(curve) };
      return {
        ...head,
        knee: knee && { size: knee.sizeEntries, hitRatio: knee.hitRatio },
        points: curve.points.map(plainPoint),
      };
    }),
  };
}

function sampleOf({ rate, samples }: { rate: number; samples: number }): { rate: number; samples: number } {
  return { rate, samples };
}

function plainPoint(point: CurvePoint | SampledPoint): unknown {
  const size = point.sizeEntries;
  if ('refused' in point) return { size, refused: point.refused };
  const { hitRatio } = point;
  if ('error' in point) return { size, hitRatio, error: point.error };
  return { size, hits: point.hits, misses: point.requests - point.hits, hitRatio };
}

function sampleRemarks(name: string, { curves }: CurvesOutput): string[] {
  const sampled = curves.filter((curve) => curve.kind === 'sampled');
  if (sampled.length === 0) return [];
  const [{ samples, rate }] = sampled;
  const remark = `${name}: estimated from ${samples} samples of ${percent(rate)} of the keys each; ± is their 95 % interval`;
  for (const { policy, points } of sampled) {
    const refused = points.find((point) => 'refused' in point);
    if (refused) return [remark, `${name}: no estimate of ${policy} where it says –: ${refused.refused}`];
  }
  return [remark];
}

function tableOf({ sizes, curves }: CurvesOutput): string {
  const shown = curves.filter((curve) => curve.kind !== 'refused');
  const rows = sizes.map((size, index) => [String(size), ...shown.map((curve) => cellOf(curve, index))]);
  const knees = ['knee', ...shown.map(({ knee }) => (knee === null ? '–' : `at ${knee.sizeEntries}`))];
  return formatTable(
    ['size', ...shown.map(({ policy }) => policy)],
    [...rows, knees],
    ['r', ...shown.map(() => 'r' as const)],
  );
}

function cellOf(curve: Exclude<PolicyCurve, { kind: 'refused' }>, index: number): string {
  const point = curve.points[index];
  if ('refused' in point) return '–';
  const error = 'error' in point ? ` ± ${(point.error * 100).toFixed(2)}` : '';
  return `${(point.hitRatio * 100).toFixed(2)}${error} %`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
