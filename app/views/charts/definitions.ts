import { chartIds } from '../../../src/index.ts';
import type { ChartDefinition, ChartId } from './ChartDefinition.ts';
import { firstCharts } from './firstCharts.ts';
import { loadCharts } from './loadCharts.ts';
import { staleCharts } from './staleCharts.ts';
import { storeCharts } from './storeCharts.ts';

export type { ChartDefinition, ChartId, ChartLine, ChartUnit } from './ChartDefinition.ts';
export { databaseLimit } from './firstCharts.ts';

const definitions: readonly ChartDefinition[] = [...firstCharts, ...loadCharts, ...staleCharts, ...storeCharts];

/** Every chart by its id, in the order in which they are offered. */
export const chartDefinitions: ReadonlyMap<ChartId, ChartDefinition> = new Map(
  chartIds.map((id) => [id, definitions.find((definition) => definition.id === id) as ChartDefinition]),
);
