import type { ScenarioEntry } from '../content/scenarioIndex.ts';

/** The topics of the gallery, in order, each with a line that says what belongs to it. */
export const topics: readonly { id: ScenarioEntry['topic']; title: string; text: string }[] = [
  { id: 'basics', title: 'Basics', text: 'Hits, misses, and what they cost.' },
  { id: 'time', title: 'Time', text: 'When an entry lives, and what happens when it dies.' },
  { id: 'eviction', title: 'Eviction', text: 'Who leaves when there is no room.' },
  { id: 'load', title: 'Load', text: 'More readers than the database can bear.' },
  { id: 'failure', title: 'Failure', text: 'A node dies, slows down or forgets.' },
  { id: 'consistency', title: 'Consistency', text: 'How an old answer outlives its truth.' },
];

/** True when a scenario holds every typed word (in title, summary, hint or id) and belongs to the topic, if one is chosen. */
export function matches(scenario: ScenarioEntry, words: string, topic: ScenarioEntry['topic'] | undefined): boolean {
  if (topic !== undefined && scenario.topic !== topic) return false;
  const text = `${scenario.id} ${scenario.title} ${scenario.summary} ${scenario.try}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
