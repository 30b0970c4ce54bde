/** Lessons are as easy to read and as long as they say: by the Flesch–Kincaid grade of their prose, and by their words. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';
import { describe, expect, it } from 'vitest';
import { readCourse } from '../app/content/course.ts';
import { readSources, readTerms } from '../app/content/glossaryPlugin.ts';
import { readKnown } from '../app/content/known.ts';
import { readLessons } from '../app/content/lessonsPlugin.ts';
import { plainLesson } from '../app/content/plainText.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const content = `${root}/content`;
const lessons = readLessons(`${content}/lessons`, root, readKnown(content));
const course = readCourse(`${content}/course.yaml`, root);

/** Reading speed, words a minute, and what a figure takes besides. */
const wordsAMinute = 200;
const minutesAFigure = 1;

const wordsOf = (prose: string): string[] => prose.match(/[A-Za-z][A-Za-z’'-]*|\d[\d.,]*/g) ?? [];

/** School years that a text asks for (Kincaid et al. 1975). Numbers are read as one word of one syllable. */
function gradeOf(prose: string): number {
  // A dot in a number ends no sentence, a line does.
  const sentences = prose
    .replaceAll(/(\d)[.,](?=\d)/g, '$1')
    .split(/[.!?:]+(?=\s|$)|\n+/)
    .filter((sentence) => wordsOf(sentence).length > 0);
  const words = sentences.flatMap(wordsOf);
  return fleschKincaid({
    sentence: sentences.length,
    word: words.length,
    syllable: words.reduce((sum, word) => sum + (/^\d/.test(word) ? 1 : syllable(word)), 0),
  });
}

describe('the grade', () => {
  it('tells a plain text from a learned one', () => {
    expect(gradeOf('The cat sat on the mat. It was a good cat.')).toBeLessThan(2);
    const learned =
      'Notwithstanding considerable architectural heterogeneity, practitioners invariably underestimate the operational ramifications of invalidation methodologies.';
    expect(gradeOf(learned)).toBeGreaterThan(20);
  });
});

describe.each(lessons)('$id', ({ file, minutes }) => {
  const { prose, figures } = plainLesson(readFileSync(`${root}/${file}`, 'utf8'));

  it('can be read after nine years of school', () => {
    expect(gradeOf(prose)).toBeLessThanOrEqual(9);
  });

  it('takes the minutes it says, six to twelve', () => {
    const takes = wordsOf(prose).length / wordsAMinute + figures * minutesAFigure;
    expect(minutes).toBeGreaterThanOrEqual(6);
    expect(minutes).toBeLessThanOrEqual(12);
    expect(Math.abs(takes - minutes), `${takes.toFixed(1)} minutes`).toBeLessThanOrEqual(2);
  });
});

describe('the course', () => {
  it('has every lesson in its plan, in the part of its folder and in the order of the plan', () => {
    const parts = readdirSync(`${content}/lessons`).filter((name) => /^\d\d-/.test(name));
    for (const part of parts) {
      const planned = course[Number(part.slice(0, 2)) - 1]?.lessons.map(({ id }) => id) ?? [];
      const written = lessons.filter(({ file }) => file.startsWith(`content/lessons/${part}/`)).map(({ id }) => id);
      expect(planned.filter((id) => written.includes(id))).toEqual(written);
    }
  });

  it('has eleven parts and a lesson for every section of the documents, by the plan in README.md', () => {
    expect(course).toHaveLength(11);
    const plan = readFileSync(`${content}/README.md`, 'utf8');
    const named = new Set([...plan.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)*)`/g)].map(([, id]) => id));
    const slugs = course.flatMap(({ lessons: all }) => all.map(({ id }) => id));
    expect(slugs.filter((id) => !named.has(id))).toEqual([]);
  });

  it('names the documents, and terms of the glossary only as lessons of the plan', () => {
    const slugs = course.flatMap(({ lessons: all }) => all.map(({ id }) => id));
    const terms = readTerms(`${content}/glossary.yaml`, root);
    expect(terms.filter(({ see }) => see !== undefined && !slugs.includes(see))).toEqual([]);
    expect(readSources(`${content}/sources.yaml`, root)).toHaveLength(5);
  });

  it('puts what builds on something behind it', () => {
    const order = course.flatMap(({ lessons: all }) => all.map(({ id }) => id));
    const wrong = lessons.flatMap(({ id, prerequisites }) =>
      prerequisites.filter((before) => order.indexOf(before) >= order.indexOf(id)).map((before) => `${id}: ${before}`),
    );
    expect(wrong).toEqual([]);
  });
});
