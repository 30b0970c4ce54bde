import { arc } from './arc.ts';
import { csv } from './csv.ts';
import { keys } from './keys.ts';
import { lirs } from './lirs.ts';
import { monitor } from './monitor.ts';
import type { FormatId, TraceFormat } from './TraceFormat.ts';
import { weblog } from './weblog.ts';

/** Every format of trace files, in the order in which a person is offered them. */
export const traceFormats: readonly TraceFormat[] = [keys, csv, lirs, arc, monitor, weblog];

/** The format of this id. */
export function formatOf(id: FormatId): TraceFormat {
  const found = traceFormats.find((format) => format.id === id);
  if (found === undefined) throw new RangeError(`no trace format '${id}'`);
  return found;
}
