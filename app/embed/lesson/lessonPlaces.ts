import { Children, isValidElement, type ReactNode } from 'react';
import type { LessonStep } from './lessonSteps.ts';

/** Something in a lesson that has a name: where it is, and what answers it takes. */
export interface LessonPlace {
  kind: 'figure' | 'bet' | 'order' | 'quiz';
  /** Number of the part, from 1. */
  part: number;
  /** Id of its element. */
  element: string;
  /** Of bets, the values that can be chosen; absent where any number can. */
  values?: readonly number[];
  /** Of orders the items, of quizzes the options: how many there are. */
  count: number;
  /** Of quizzes: places of the right options, from 0. */
  right: readonly number[];
}

interface NamedProps {
  id?: string;
  options?: readonly (number | { value?: number; right?: boolean })[];
  items?: readonly unknown[];
  children?: ReactNode;
}

const elementNames = { figure: 'figure', bet: 'bet', order: 'bet', quiz: 'quiz' } as const;

/** Finds what has a name in the parts of a lesson. @param named which components those are. */
export function lessonPlaces(
  steps: readonly LessonStep[],
  named: ReadonlyMap<unknown, LessonPlace['kind']>,
): ReadonlyMap<string, LessonPlace> {
  const places = new Map<string, LessonPlace>();
  const look = (node: ReactNode, part: number) => {
    for (const child of Children.toArray(node)) {
      if (!isValidElement<NamedProps>(child)) continue;
      const { id, children } = child.props;
      const kind = named.get(child.type);
      if (kind !== undefined && id !== undefined && !places.has(id))
        places.set(id, { kind, part, element: `${elementNames[kind]}-${id}`, ...answersOf(kind, child.props) });
      look(children, part);
    }
  };
  steps.forEach(({ content }, index) => look(content, index + 1));
  return places;
}

function answersOf(
  kind: LessonPlace['kind'],
  { options = [], items = [] }: NamedProps,
): Pick<LessonPlace, 'values' | 'count' | 'right'> {
  const values = options.flatMap((option) => (typeof option === 'number' ? option : (option.value ?? [])));
  const right = options.flatMap((option, place) => (typeof option === 'object' && option.right ? [place] : []));
  return {
    count: kind === 'order' ? items.length : options.length,
    right,
    ...(kind === 'bet' && values.length > 0 ? { values } : {}),
  };
}
