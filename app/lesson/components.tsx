import type { MDXComponents } from 'mdx/types.js';
import { Meaning } from '../ui/Meaning.tsx';
import { Cite, CodeBlock, LeavesOut, Note, Table, Try } from './Box.tsx';
import { Code } from './Code.tsx';
import { FactCheck } from './FactCheck.tsx';
import { Term } from './GlossaryTerm.tsx';
import { Goal, Goals } from './Goals.tsx';
import { Microscope } from './Microscope.tsx';
import { Play } from './Play.tsx';
import { Predict } from './Predict.tsx';
import { PredictOrder } from './PredictOrder.tsx';
import { Quiz } from './Quiz.tsx';
import { Sequence } from './Sequence.tsx';
import { Theory } from './Theory.tsx';
import { When } from './When.tsx';

/** What a lesson's MDX may use without importing it. */
export const lessonComponents: MDXComponents = {
  Cite,
  Code,
  FactCheck,
  Goal,
  Goals,
  LeavesOut,
  Meaning,
  Microscope,
  Note,
  Play,
  Predict,
  PredictOrder,
  Quiz,
  Sequence,
  Term,
  Theory,
  Try,
  When,
  pre: CodeBlock,
  table: Table,
};
