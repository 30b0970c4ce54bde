import type { Trace } from '../../replay/Trace.ts';

/** What a command yields between two slices: how much is done (0..1), and perhaps a part of the result to be shown already. */
export type Step<Part> = number | { share: number; part: Part };

/**
 * Something that is computed from a trace. A generator that yields at least every 30 ms, so that whoever drives it (the worker, the
 * command line) can tell how far it is, and stop it. Throws a RangeError, in words, where the input makes no sense. Input, part and
 * result are plain data that can be sent from one thread to another.
 */
export type TraceCommand<Input, Part, Output> = (trace: Trace, input: Input) => Generator<Step<Part>, Output, void>;
