import { curvesCommand } from './curvesCommand.ts';
import { differenceCommand } from './differenceCommand.ts';
import { replayCommand } from './replayCommand.ts';
import { requestsCommand } from './requestsCommand.ts';
import { statisticsCommand } from './statisticsCommand.ts';
import type { TraceCommand } from './TraceCommand.ts';

/** Everything that the worker can compute from the trace that it holds. A new command is a file and a line here. */
export const traceCommands = {
  replay: replayCommand,
  requests: requestsCommand,
  curves: curvesCommand,
  statistics: statisticsCommand,
  difference: differenceCommand,
};

type Commands = typeof traceCommands;

/** Name of a command. */
export type TraceCommandName = keyof Commands;
/** What a command is asked. */
export type InputOf<Name extends TraceCommandName> = Parameters<Commands[Name]>[1];
/** What a command tells while it is at work. */
export type PartOf<Name extends TraceCommandName> =
  ReturnType<Commands[Name]> extends Generator<infer Told, unknown, void>
    ? Told extends { part: infer Part }
      ? Part
      : never
    : never;
/** What a command comes to. */
export type OutputOf<Name extends TraceCommandName> =
  Commands[Name] extends TraceCommand<never, unknown, infer Output> ? Output : never;
