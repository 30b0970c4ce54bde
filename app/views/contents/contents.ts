/** What a stage reads a cache's entries with, in one piece: fetched once there is a stage. */
export { ContentsReader } from './ContentsReader.ts';
export { contentsRules } from './contentsRules.ts';
