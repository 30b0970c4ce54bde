import type { ScenarioEntry } from '../../content/scenarioIndex.ts';
import type { Topic } from '../catalogue/Catalogue.tsx';

/** The topics of the gallery, in order. */
export const scenarioTopics: readonly (Topic & { id: ScenarioEntry['topic'] })[] = [
  { id: 'basics', title: 'Basics', text: 'Hits, misses, and what they cost.' },
  { id: 'time', title: 'Time', text: 'When an entry lives, and what happens when it dies.' },
  { id: 'eviction', title: 'Eviction', text: 'Who leaves when there is no room.' },
  { id: 'load', title: 'Load', text: 'More readers than the database can bear.' },
  { id: 'failure', title: 'Failure', text: 'A node dies, slows down or forgets.' },
  { id: 'consistency', title: 'Consistency', text: 'How an old answer outlives its truth.' },
];
