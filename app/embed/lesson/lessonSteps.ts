import { Children, isValidElement, type ReactNode } from 'react';

/** One part of a lesson: what stands under one second-level heading, or before the first. */
export interface LessonStep {
  /** Words of the heading; empty for what comes before the first. */
  title: string;
  content: ReactNode[];
}

/** Cuts the rendered text of a lesson at its second-level headings. @param heading what stands for those. */
export function lessonSteps(text: ReactNode, heading: unknown): LessonStep[] {
  const steps: LessonStep[] = [];
  const top = isValidElement<{ children?: ReactNode }>(text) ? text.props.children : text;
  for (const part of Children.toArray(top)) {
    const isHeading = isValidElement<{ children?: ReactNode }>(part) && part.type === heading;
    if (isHeading) steps.push({ title: wordsOf(part.props.children), content: [part] });
    else if (steps.length > 0) steps[steps.length - 1].content.push(part);
    else if (!(typeof part === 'string' && part.trim() === '')) steps.push({ title: '', content: [part] });
  }
  return steps;
}

function wordsOf(node: ReactNode): string {
  return Children.toArray(node)
    .map((part) =>
      isValidElement<{ children?: ReactNode }>(part)
        ? wordsOf(part.props.children)
        : typeof part === 'string'
          ? part
          : '',
    )
    .join('');
}
