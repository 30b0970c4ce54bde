import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { normalizePath, runnerImport } from 'vite';
import { ContentError } from './ContentError.ts';
import { elementsOf, itemsOf, type LessonElement, type MdxNode } from './lessonElements.ts';
import { FigureNames } from './FigureNames.ts';
import { readKnown, unknownName } from './known.ts';
import { readScenarioFile } from './scenariosPlugin.ts';

/** The engine's own readers, as lessons are checked by them. */
export type Engine = typeof import('./lessonEngine.ts');

let loading: Promise<Engine> | undefined;

function engineOf(root: string): Promise<Engine> {
  loading ??= runnerImport<Engine>(join(root, 'app/content/lessonEngine.ts'), { root, configFile: false }).then(
    ({ module }) => module,
  );
  return loading;
}

/**
 * Looks up what a lesson names while it is compiled: scenarios, settings, charts, metrics, checks, closed forms, terms, claims,
 * documents, and figures and bets of its own. What does not exist fails the build with its place.
 * @param root the project's folder. @param content where content is. @param folder the documents that are lessons.
 */
export function remarkLesson(root: string, content = join(root, 'content'), folder = join(content, 'lessons')) {
  const inside = `${normalizePath(folder)}/`;
  return () =>
    async (tree: MdxNode, file: { path?: string }): Promise<void> => {
      const path = normalizePath(file.path ?? '').replace(/\?.*$/, '');
      if (!path.startsWith(inside)) return;
      const problems = await lessonProblems(elementsOf(tree), root, content);
      if (problems.length > 0) throw ContentError.ofProblems(path.replace(`${normalizePath(root)}/`, ''), problems);
    };
}

/** Something that a lesson names and that is not there. */
export interface LessonProblem {
  line: number;
  column: number;
  path: string;
  kind: 'value';
  message: string;
}

/** Everything wrong with the components of one lesson. */
export async function lessonProblems(
  elements: readonly LessonElement[],
  root: string,
  content: string,
): Promise<LessonProblem[]> {
  const engine = await engineOf(root);
  const known = readKnown(content);
  const problems: LessonProblem[] = [];
  const complain = ({ name, line, column }: LessonElement, field: string, message: string) =>
    problems.push({ line, column, path: `${name} ${field}`, kind: 'value', message });
  const oneOf = (element: LessonElement, field: string, what: string, names: Iterable<string>) => {
    const value = element.props[field];
    if (typeof value !== 'string' || new Set(names).has(value)) return;
    complain(element, field, unknownName(what, value, names));
  };

  const figures = elements.filter(({ name }) => name === 'Play');
  const ids = figures.flatMap(({ props }) => (typeof props.id === 'string' ? [props.id] : []));
  const asked = elements.filter(({ name }) => name === 'Predict' || name === 'PredictOrder' || name === 'Quiz');
  const bets = asked.flatMap(({ props }) => (typeof props.id === 'string' ? [props.id] : []));
  for (const element of [...figures, ...asked]) {
    const { id } = element.props;
    const group = element.name === 'Play' ? figures : asked;
    if (typeof id === 'string' && group.find((other) => other.props.id === id) !== element)
      complain(element, 'id', `${id} stands here a second time`);
    if (id === undefined && element.name !== 'Play') complain(element, 'id', 'expected an id');
  }
  const names = new FigureNames(engine, (id) => {
    const file = join(content, 'scenarios', `${id}.yaml`);
    return existsSync(file) ? readScenarioFile(file, root) : Promise.resolve(undefined);
  });
  for (const element of elements) {
    const { props } = element;
    oneOf(element, 'after', 'bet', bets);
    oneOf(element, 'of', 'figure', ids);
    for (const item of element.name === 'PredictOrder' ? itemsOf(props.items) : [])
      if (typeof item.of === 'string' && !ids.includes(item.of))
        complain(element, 'items', unknownName('figure', item.of, ids));
    if (element.name === 'Term') oneOf(element, 'is', 'term of the glossary', known.terms);
    if (element.name === 'FactCheck') {
      oneOf(element, 'claim', 'claim with an experiment', known.claims);
      oneOf(element, 'source', 'document', known.sources);
    }
    if (element.name === 'Play') oneOf(element, 'scenario', 'scenario', known.scenarios);
    for (const { field, message } of await names.problems(element, figures)) complain(element, field, message);
  }
  return problems;
}
