import { type ComponentProps, createContext, use, useEffect, useRef, useState } from 'react';
import type { MDXComponents } from 'mdx/types.js';
import { useStore } from 'zustand';
import { lessonComponents } from '../../lesson/components.tsx';
import { Goal, Goals } from '../../lesson/Goals.tsx';
import { isPlaced, useLesson, useRun } from '../../lesson/lessonState.ts';
import { Play } from '../../lesson/Play.tsx';
import { Predict } from '../../lesson/Predict.tsx';
import { PredictOrder } from '../../lesson/PredictOrder.tsx';
import { Quiz } from '../../lesson/Quiz.tsx';
import { useCheck } from '../../lesson/useCheck.ts';
import { useLessonHost } from './lessonHost.ts';

/** A heading that begins a part: it can be gone to. */
export function PartHeading({ children, ...rest }: ComponentProps<'h2'>) {
  return (
    <h2 {...rest} tabIndex={-1} data-part>
      {children}
    </h2>
  );
}

/** A figure that runs by itself only where the address says so, or where somebody has just placed the bet it waited for. */
function HostedPlay(props: ComponentProps<typeof Play>) {
  const { autoplay } = useLessonHost();
  const { id, after } = props;
  const waits = useLesson((state) => after !== undefined && !isPlaced(state, after));
  const [waited] = useState(waits);
  return (
    <>
      {id !== undefined && <span id={`figure-${id}`} />}
      <Play {...props} autoplay={autoplay || waited} />
    </>
  );
}

const GoalsOf = createContext<string | undefined>(undefined);

function HostedGoals(props: ComponentProps<typeof Goals>) {
  return (
    <GoalsOf value={props.of}>
      <Goals {...props} />
    </GoalsOf>
  );
}

/** A goal that is told when it ticks. */
function HostedGoal(props: ComponentProps<typeof Goal>) {
  const { outlet } = useLessonHost();
  const of = use(GoalsOf);
  const { check } = props;
  const { met } = useCheck(of, check);
  const stage = useRun(of)?.stage;
  const told = useRef(false);
  useEffect(() => {
    const at = Math.round(stage?.playhead.atUs ?? 0);
    if (met && !told.current) outlet.sendPrivate('check', { id: check, status: 'pass', expect: check, of, at });
    told.current = met;
  }, [met, outlet, check, of, stage]);
  return <Goal {...props} />;
}

/** A quiz that begins anew when it was answered by a message. */
function HostedQuiz(props: ComponentProps<typeof Quiz>) {
  const { answered } = useLessonHost();
  const isAnswered = useStore(answered, (ids) => ids[props.id] ?? false);
  return <Quiz key={String(isAnswered)} {...props} />;
}

/** What a lesson's MDX uses inside an embed. */
export const hostedComponents: MDXComponents = {
  ...lessonComponents,
  Goal: HostedGoal,
  Goals: HostedGoals,
  Play: HostedPlay,
  Quiz: HostedQuiz,
  h2: PartHeading,
};

/** Which of them can be named in a message, and as what. */
export const namedComponents: ReadonlyMap<unknown, 'figure' | 'bet' | 'order' | 'quiz'> = new Map<
  unknown,
  'figure' | 'bet' | 'order' | 'quiz'
>([
  [HostedPlay, 'figure'],
  [Predict, 'bet'],
  [PredictOrder, 'order'],
  [HostedQuiz, 'quiz'],
]);
