declare module 'virtual:scenario-index' {
  import type { ScenarioEntry } from './scenarioIndex.ts';
  export const index: readonly ScenarioEntry[];
}

declare module 'virtual:scenario-count' {
  /** How many the gallery lists. */
  export const listed: number;
}

declare module 'virtual:scenario-loaders' {
  import type { LoadedScenario } from './scenarios.ts';
  export const load: Readonly<Record<string, () => Promise<LoadedScenario>>>;
}

declare module 'virtual:scenario/home' {
  import type { LoadedScenario } from './scenarios.ts';
  export const input: LoadedScenario['input'];
  export const scenario: LoadedScenario['scenario'];
}

declare module 'virtual:experiments' {
  import type { ClaimEntry, ExperimentEntry, LibraryExperiment } from './experiments.ts';
  export const index: readonly ExperimentEntry[];
  export const claims: readonly ClaimEntry[];
  export const load: Readonly<Record<string, () => Promise<LibraryExperiment>>>;
}

declare module 'virtual:glossary' {
  import type { GlossaryEntry, SourceEntry } from './glossary.ts';
  export const terms: readonly GlossaryEntry[];
  export const sources: readonly SourceEntry[];
}

declare module 'virtual:search-index' {
  /** An index of minisearch, as text. */
  export const json: string;
}

declare module 'virtual:lesson-count' {
  export const counted: { count: number; minutes: number; first?: { id: string; title: string; minutes: number } };
}

declare module 'virtual:lessons' {
  import type { MDXContent } from 'mdx/types.js';
  import type { CoursePart, LessonEntry } from './lessons.ts';
  export const index: readonly LessonEntry[];
  export const course: readonly CoursePart[];
  export const load: Readonly<Record<string, () => Promise<{ default: MDXContent }>>>;
}

declare module '*.ts?code' {
  import type { CodeToken } from './highlight.ts';
  const code: { source: string; lines: CodeToken[][] };
  export default code;
}

declare module 'virtual:model' {
  import type { MDXContent } from 'mdx/types.js';
  const content: MDXContent;
  export default content;
}

declare module 'virtual:drills' {
  import type { DrillEntry } from './drills.ts';
  export const index: readonly DrillEntry[];
  export const script: Readonly<Record<string, () => Promise<unknown>>>;
  export const key: Readonly<Record<string, () => Promise<unknown>>>;
}
