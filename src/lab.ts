/**
 * The third door of the simulation for `app/`: the eviction laboratory. All policies come with it, so only pages that are fetched
 * when they are visited may import it.
 */
export type { InsideCell, InsideGauge, InsideGrid, InsideList, Insides } from './policies/Insides.ts';
export type { PolicyEntry } from './policies/Policy.ts';
export { allPolicies } from './policies/allPolicies.ts';
export { nearestId } from './policies/nearestId.ts';
export { type GeneratorKind, generateSequence, generatorKinds } from './microscope/generateSequence.ts';
export { markOf, type MissCause } from './microscope/explain/Moment.ts';
export { readSequence, type Sequence, sequenceLimits, type SequenceProblem } from './microscope/readSequence.ts';
export { exampleSequences, type ExampleSequence } from './microscope/sequences.ts';
export {
  capacityLimits,
  firstDifference,
  type PolicyStep,
  type PolicyTrace,
  tracePolicy,
} from './microscope/tracePolicy.ts';
export { writeSequence } from './microscope/writeSequence.ts';
export { byCost } from './curves/costOf.ts';
export { type Knee, kneeOf, ratioAt, whatMoreBuys } from './curves/knee.ts';
export { sizesOf, type SizeScale } from './curves/sizes.ts';
export type { FormatId } from './replay/formats/TraceFormat.ts';
export { traceFormats } from './replay/formats/index.ts';
export { type GeneratorId, generatorIds, traceGenerators } from './replay/generators.ts';
export type { TraceReaderOptions } from './replay/TraceReader.ts';
export type { CurvesPart, PolicyCurve } from './host/traceCommands/curvesCommand.ts';
export type { DifferenceOutput } from './host/traceCommands/differenceCommand.ts';
export type { InputOf, OutputOf, PartOf, TraceCommandName } from './host/traceCommands/index.ts';
export type { StatisticsOutput } from './host/traceCommands/statisticsCommand.ts';
export type { FromTraceWorker, ToTraceWorker, TraceSource, TraceSummary } from './host/traceProtocol.ts';
