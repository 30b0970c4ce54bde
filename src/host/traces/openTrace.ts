import { formatOf } from '../../replay/formats/index.ts';
import { generating } from '../../replay/generators.ts';
import type { Trace } from '../../replay/Trace.ts';
import type { TraceReaderOptions } from '../../replay/TraceReader.ts';
import type { TraceSource, TraceSummary } from '../traceProtocol.ts';
import { driveTrace } from './driveTrace.ts';
import { type BlobReading, readTraceBlob } from './readTraceBlob.ts';

/** How far opening has come; the counts only where a file is read. */
export interface OpeningProgress {
  share: number;
  requests?: number;
  distinct?: number;
  badLines?: number;
}

/** Reads or generates a trace. Throws as `readTraceBlob` and `generating` do; ends with the signal's reason when it is aborted. */
export async function openTrace(
  source: TraceSource,
  options: TraceReaderOptions,
  onProgress: (progress: OpeningProgress) => void,
  signal?: AbortSignal,
): Promise<{ trace: Trace; summary: TraceSummary }> {
  if (source.kind === 'generated') {
    const work = generating(source.id, source.requests, source.seed);
    const trace = await driveTrace(work, (share) => onProgress({ share }), signal);
    return { trace, summary: summaryOf(trace, source.id, null) };
  }
  const blob = source.kind === 'file' ? source.file : new Blob([source.text]);
  const reading = await readTraceBlob(
    blob.stream() as ReadableStream<Uint8Array>,
    source.name,
    options,
    ({ packedBytes, requests, distinct, badLines }) =>
      onProgress({ share: Math.min(1, packedBytes / Math.max(1, blob.size)), requests, distinct, badLines }),
    signal,
  );
  return { trace: reading.trace, summary: summaryOf(reading.trace, source.name, reading) };
}

/** What is to be told of a trace; `reading` is null where it was generated. */
export function summaryOf(trace: Trace, name: string, reading: BlobReading | null): TraceSummary {
  const { ids, distinct, seconds } = trace;
  return {
    name,
    format: reading?.format ?? null,
    detection: reading?.detection ?? null,
    takes: reading === null ? null : formatOf(reading.format).takes,
    requests: ids.length,
    distinct,
    hasTimes: seconds !== null,
    spanS: seconds === null ? null : seconds[ids.length - 1],
    lines: reading?.lines ?? 0,
    badLines: reading?.badLines ?? [],
    badLineCount: reading?.badLineCount ?? 0,
    notes: reading?.notes ?? [],
    cut: reading?.cut ?? null,
  };
}
