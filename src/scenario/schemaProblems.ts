import type * as z from 'zod/mini';
import { describeFound, nearestName, type Problem, problemAt, problemLimit, type ReadOptions } from './problems.ts';
import { coreOf, namesOf, ownValue, type SchemaNode, schemaAt } from './schemaTree.ts';

type Issue = z.core.$ZodIssue;

const typeWords: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
  tuple: 'a list',
};

/** What a schema refused, in our words: what was found, what is expected, and the name that was probably meant. */
export function schemaProblems(
  issues: readonly Issue[],
  input: unknown,
  schema: object,
  options: ReadOptions,
): Problem[] {
  const root = schema as SchemaNode;
  const problems: Problem[] = [];
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') problems.push(...unknownNames(issue, input, root, options));
    else if (issue.code === 'invalid_key') problems.push(badName(issue, options));
    else problems.push(badValue(issue, input, root, options));
    if (problems.length >= problemLimit) return problems.slice(0, problemLimit);
  }
  return problems;
}

function unknownNames(issue: z.core.$ZodIssueUnrecognizedKeys, input: unknown, root: SchemaNode, options: ReadOptions) {
  const known = namesOf(schemaAt(root, issue.path, input));
  return issue.keys
    .slice(0, problemLimit)
    .map((key) =>
      problemAt(
        options,
        [...issue.path, key],
        'key',
        `found the unknown name ${describeFound(key)}, expected one of ${known.join(', ')}`,
        nearestName(key, known),
      ),
    );
}

function badName(issue: z.core.$ZodIssueInvalidKey, options: ReadOptions): Problem {
  const name = issue.path[issue.path.length - 1];
  const words = issue.issues.map((inner) => inner.message).find((message) => message.startsWith('expected'));
  return problemAt(
    options,
    issue.path,
    'key',
    `found the name ${describeFound(name)}, ${words ?? 'expected a shorter one'}`,
  );
}

function badValue(issue: Issue, input: unknown, root: SchemaNode, options: ReadOptions): Problem {
  const found = issue.path.reduce<unknown>((value, key) => ownValue(value, key), input);
  const node = schemaAt(root, issue.path, input);
  const choices = choicesOf(issue, node, input, root);
  // Our own words begin so; zod's do not, whatever language it is set to.
  const expected = issue.message.startsWith('expected')
    ? issue.message
    : `expected ${expectation(issue, node, choices)}`;
  const quotes = expected.startsWith('expected text') && typeof found === 'number' ? ' (put it in quotes)' : '';
  const nearest = typeof found === 'string' && choices.length > 0 ? nearestName(found, choices) : undefined;
  return problemAt(options, issue.path, 'value', `found ${describeFound(found)}, ${expected}${quotes}`, nearest);
}

function choicesOf(issue: Issue, node: SchemaNode | undefined, input: unknown, root: SchemaNode): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  // An unknown discriminator: the choices are those of the union one level up.
  if (issue.code === 'invalid_union' && node === undefined)
    return namesOf(schemaAt(root, issue.path.slice(0, -1), input));
  return node?._zod.def.type === 'enum' ? namesOf(node) : [];
}

function expectation(issue: Issue, node: SchemaNode | undefined, choices: string[]): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return choices.length === 1 ? choices[0] : `one of ${choices.join(', ')}`;
    case 'too_big':
      return bound(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
    case 'too_small':
      return bound(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
    case 'invalid_union':
      return (node?._zod.def.options ?? [])
        .map((option) => typeWords[coreOf(option)._zod.def.type] ?? 'a value')
        .join(' or ');
    default:
      return 'something else';
  }
}

function bound(origin: string, words: string, limit: number | bigint): string {
  if (origin === 'string') return `text of ${words} ${limit} characters`;
  if (origin === 'array' || origin === 'tuple') return `a list of ${words} ${limit}`;
  return `a number of ${words} ${limit}`;
}
