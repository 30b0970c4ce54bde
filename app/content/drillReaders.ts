/** What `drillsPlugin.ts` needs of the engine, as one module: each import of the engine while building is a world of its own. */
export { readDrill, splitDrill } from '../../src/drills.ts';
