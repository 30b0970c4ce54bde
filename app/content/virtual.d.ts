declare module 'virtual:scenario-index' {
  import type { ScenarioEntry } from './scenarioIndex.ts';
  export const index: readonly ScenarioEntry[];
}

declare module 'virtual:scenarios' {
  import type { Scenario, ScenarioInput } from '../../src/index.ts';
  /** How many the gallery lists. */
  export const listed: number;
  export const load: Readonly<Record<string, () => Promise<{ input: ScenarioInput; scenario: Scenario }>>>;
}

declare module 'virtual:experiments' {
  import type { ClaimEntry, ExperimentEntry, LibraryExperiment } from './experiments.ts';
  export const index: readonly ExperimentEntry[];
  export const claims: readonly ClaimEntry[];
  export const load: Readonly<Record<string, () => Promise<LibraryExperiment>>>;
}

declare module 'virtual:lessons' {
  import type { MDXContent } from 'mdx/types.js';
  import type { LessonEntry } from './lessons.ts';
  export const index: readonly LessonEntry[];
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
