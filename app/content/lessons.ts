import type { MDXContent } from 'mdx/types.js';
import { course as plan, index, load } from 'virtual:lessons';

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
  /** Documents by number, claims by id, and the lessons that come before by slug. */
  sources: readonly string[];
  claims: readonly string[];
  prerequisites: readonly string[];
}

/** A part of the course: what it asks, and its lessons, written or planned. */
export interface CoursePart {
  part: string;
  asks: string;
  lessons: readonly { id: string; title: string }[];
}

/** The whole course, in order. */
export const course: readonly CoursePart[] = plan;

/** Every lesson, in reading order. */
export const lessonIndex: readonly LessonEntry[] = index;

/** The lesson that follows, or undefined after the last. */
export function nextLesson(id: string): LessonEntry | undefined {
  const here = lessonIndex.findIndex((lesson) => lesson.id === id);
  return here < 0 ? undefined : lessonIndex[here + 1];
}

/** The lesson before, or undefined for the first. */
export function previousLesson(id: string): LessonEntry | undefined {
  return lessonIndex[lessonIndex.findIndex((lesson) => lesson.id === id) - 1];
}

/** What a lesson is called, written or planned; its slug where there is none. */
export function lessonTitle(id: string): string {
  const planned = course.flatMap(({ lessons }) => lessons).find((lesson) => lesson.id === id);
  return lessonIndex.find((lesson) => lesson.id === id)?.title ?? planned?.title ?? id;
}

/** Fetches the text of one lesson; undefined when there is none of that name. */
export async function loadLesson(id: string): Promise<MDXContent | undefined> {
  return Object.hasOwn(load, id) ? (await load[id]()).default : undefined;
}
