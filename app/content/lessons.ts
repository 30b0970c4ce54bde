import type { MDXContent } from 'mdx/types.js';
import { index, load } from 'virtual:lessons';

/** What lists know of a lesson without fetching it. */
export interface LessonEntry {
  id: string;
  title: string;
  summary: string;
  minutes: number;
  part: string;
  /** Place within its part, from 1, and how many lessons the part has. */
  place: number;
  of: number;
}

/** Every lesson, in reading order. */
export const lessonIndex: readonly LessonEntry[] = index;

/** The lesson that follows, or undefined after the last. */
export function nextLesson(id: string): LessonEntry | undefined {
  const here = lessonIndex.findIndex((lesson) => lesson.id === id);
  return here < 0 ? undefined : lessonIndex[here + 1];
}

/** Fetches the text of one lesson; undefined when there is none of that name. */
export async function loadLesson(id: string): Promise<MDXContent | undefined> {
  return Object.hasOwn(load, id) ? (await load[id]()).default : undefined;
}
