/** Everything of the engine that carries the schema with it. */
export type Reading = typeof import('../../src/reading.ts');

/** Fetched when something is first changed, or a little after the first view. */
export const fetchReading = (): Promise<Reading> => import('../../src/reading.ts');
