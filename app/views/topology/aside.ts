/** What goes on beside the requests, fetched as one: reading it, and showing it. */
export { AsideReader } from './AsideReader.ts';
export { divideServers } from './serverCard.ts';
export { drawAside } from './asideInsides.ts';
export { SideFacts } from './SideFacts.tsx';
