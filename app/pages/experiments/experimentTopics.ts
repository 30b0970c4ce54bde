import type { Topic } from '../catalogue/Catalogue.tsx';

/** The topics of experiments in the order of the page. */
export const experimentTopics: readonly Topic[] = [
  { id: 'latency', title: 'Latency and load', text: 'What a cache saves, and for whom.' },
  { id: 'patterns', title: 'Patterns', text: 'Who fills, who waits, and what a crash takes along.' },
  { id: 'staleness', title: 'Staleness', text: 'How old an answer may be, and who learns of a change.' },
  { id: 'eviction', title: 'Eviction', text: 'Who leaves when it is full.' },
  { id: 'failure', title: 'Failures', text: 'How caches break, and what helps.' },
  { id: 'distribution', title: 'Many nodes', text: 'Spreading keys, moving them, losing some.' },
  { id: 'redis', title: 'Redis', text: 'What it does beside caching.' },
  { id: 'http', title: 'The edge', text: 'Caches of the web.' },
  { id: 'companies', title: 'Companies', text: 'Published designs, rebuilt.' },
  { id: 'when-not', title: 'When not to', text: 'Where a cache makes it worse.' },
];
