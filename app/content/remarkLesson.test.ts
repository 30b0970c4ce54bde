import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { elementsOf, type LessonElement, type MdxNode } from './lessonElements.ts';
import { readFrontMatter } from './lessonsPlugin.ts';
import { readKnown } from './known.ts';
import { lessonProblems } from './remarkLesson.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const content = join(root, 'content');

const element = (name: string, props: Record<string, unknown>, parent?: LessonElement): LessonElement => ({
  name,
  props,
  parent,
  line: 3,
  column: 1,
});
const figure = element('Play', { id: 'main', scenario: 'cache-aside-basics' });
const goals = element('Goals', { of: 'main' });

describe('lessonProblems', () => {
  it('finds nothing in a lesson whose names are all there', async () => {
    const theory = {
      of: 'main',
      form: 'stampedeFetches',
      given: { readsPerS: 'traffic.readers.rate', rebuildS: 'database.read + 2ms' },
      answer: 'max(database.qps) over 1s..2s',
    };
    const fine = [
      figure,
      goals,
      element('Goal', { check: 'max(database.qps) < 300 over 0s..5s' }, goals),
      element('When', { of: 'main', happens: 'count(rows{op=cache.get,outcome=miss}) >= 1' }),
      element('Predict', { id: 'a', of: 'main', answer: 'hit.ratio{tier=redis}' }),
      element('Predict', { id: 'b', of: 'main', answer: 'p99(read.latency)' }),
      element('PredictOrder', { id: 'c', items: [{ of: 'main', answer: 'database.qps' }] }),
      element('Play', { scenario: 'cache-aside-basics', after: 'a', knobs: ['cache.ttl'], charts: ['hit-ratio'] }),
      element('Sequence', { of: 'main', request: 'first-miss' }),
      element('Theory', theory),
      element('FactCheck', { claim: 'L1', source: '002' }),
      element('Term', { is: 'ttl' }),
    ];
    expect(await lessonProblems(fine, root, content)).toEqual([]);
  });

  it.each([
    [element('Play', { scenario: 'cache-aside-basic' }), 'did you mean cache-aside-basics?'],
    [element('Play', { scenario: 'home', charts: ['hitRatio'] }), 'found no chart called hitRatio'],
    [element('Play', { scenario: 'home', knobs: ['cache.tll'] }), 'found no setting called cache.tll'],
    [element('Play', { scenario: 'home', set: { 'cache.ttl': 'soon' } }), 'cache.ttl'],
    [element('Play', { id: 'main', scenario: 'home' }), 'main stands here a second time'],
    [element('Play', { scenario: 'home', after: 'beet' }), 'found no bet called beet'],
    [element('Goal', { check: 'max(database.qsp) < 3' }, goals), 'did you mean database.qps?'],
    [element('Goal', { check: 'avg(read.latency) < 3' }, goals), 'write 3 with ms'],
    [element('When', { of: 'man', happens: 'errors == 0' }), 'did you mean main?'],
    [element('When', { of: 'main', happens: 'errors ==' }), 'errors =='],
    [element('Predict', { id: 'x', of: 'main', answer: 'database.qsp' }), 'found no metric called database.qsp'],
    [element('Predict', { of: 'main', answer: 'database.qps' }), 'expected an id'],
    [element('PredictOrder', { id: 'x', items: [{ of: 'other', answer: 'errors' }] }), 'found no figure called other'],
    [element('Sequence', { of: 'main', request: 'first-mis' }), 'did you mean first-miss?'],
    [element('Theory', { of: 'main', form: 'stampede', given: {}, answer: 'errors' }), 'did you mean'],
    [element('Theory', { of: 'main', form: 'meanHitAge', given: {}, answer: 'errors' }), 'meanHitAge needs ttlS'],
    [element('FactCheck', { claim: 'Z9', source: '002' }), 'found no claim with an experiment called Z9'],
    [element('FactCheck', { claim: 'L1', source: '007' }), 'found no document called 007'],
    [element('Term', { is: 'tll' }), 'did you mean ttl?'],
  ])('refuses %j', async (wrong, message) => {
    const problems = await lessonProblems([figure, goals, wrong], root, content);
    expect(problems[0]).toMatchObject({ line: 3, column: 1, message: expect.stringContaining(message) });
    expect(problems).toHaveLength(1);
  });
});

describe('elementsOf', () => {
  it('reads what is written out, and knows what stands in what', () => {
    const expression = (estree: object) => ({ data: { estree: { body: [{ expression: estree }] } } });
    const list = { type: 'ArrayExpression', elements: [{ type: 'Literal', value: 'a' }] };
    const tree: MdxNode = {
      type: 'root',
      children: [
        {
          type: 'mdxJsxFlowElement',
          name: 'Goals',
          attributes: [
            { type: 'mdxJsxAttribute', name: 'of', value: 'main' },
            { type: 'mdxJsxAttribute', name: 'charts', value: expression(list) },
            { type: 'mdxJsxAttribute', name: 'computed', value: expression({ type: 'CallExpression' }) },
          ],
          children: [{ type: 'mdxJsxTextElement', name: 'Goal', position: { start: { line: 7, column: 3 } } }],
        },
      ],
    };
    const [outer, inner] = elementsOf(tree);
    expect(outer.props).toEqual({ of: 'main', charts: ['a'] });
    expect(inner).toMatchObject({ name: 'Goal', line: 7, column: 3, parent: { name: 'Goals' } });
  });
});

describe('front matter', () => {
  const front = (more: string) => `---\ntitle: A\nsummary: B.\nminutes: 8\n${more}\n---\n`;
  const known = readKnown(content);

  it.each([
    ['claims: [L1, Z9]', /^a\.mdx:5:14: claims\.1: found no claim with an experiment called Z9/],
    ['prerequisites: [why-a-cach]', /^a\.mdx:5:17: prerequisites\.0: .*did you mean why-a-cache\?/],
    ['terms: [tll]', /did you mean ttl\?/],
    ['scenarios: [nowhere]', /found no scenario called nowhere/],
    ['sources: ["009"]', /found no document called 009/],
  ])('refuses %s', (line, message) => {
    expect(() => readFrontMatter('a.mdx', front(line), known)).toThrow(message);
  });

  it('takes names that exist', () => {
    const text = front('claims: [L1]\nprerequisites: [why-a-cache]\nterms: [ttl]\nsources: ["002"]\nscenarios: [home]');
    expect(readFrontMatter('a.mdx', text, known)).toMatchObject({ claims: ['L1'] });
  });
});
