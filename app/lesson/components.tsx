import type { MDXComponents } from 'mdx/types.js';
import { Meaning } from '../ui/Meaning.tsx';
import { Term } from '../ui/Term.tsx';
import { Cite, CodeBlock, LeavesOut, Note, Table, Try } from './Box.tsx';
import { Play } from './Play.tsx';
import { Predict } from './Predict.tsx';

/** What a lesson's MDX may use without importing it. */
export const lessonComponents: MDXComponents = {
  Cite,
  LeavesOut,
  Meaning,
  Note,
  Play,
  Predict,
  Term,
  Try,
  pre: CodeBlock,
  table: Table,
};
