import { counted } from 'virtual:lesson-count';

/** What the first view says of the lessons without knowing them: how many, how long, and which is the first. */
export const lessonCount: { count: number; minutes: number; first?: { id: string; title: string; minutes: number } } =
  counted;
