/** A node of a document that MDX has read, as far as it is looked at here. */
export interface MdxNode {
  type: string;
  name?: string | null;
  attributes?: { type: string; name?: string; value?: unknown }[];
  children?: MdxNode[];
  position?: { start: { line: number; column: number } };
}

/** A component in a lesson: its name, what it was given, and where it stands. */
export interface LessonElement {
  name: string;
  /** What is written out in full; what is computed is left out. */
  props: Readonly<Record<string, unknown>>;
  parent: LessonElement | undefined;
  line: number;
  column: number;
}

/** Every component of a document, in the order in which they stand. */
export function elementsOf(node: MdxNode, parent?: LessonElement): LessonElement[] {
  const isElement = node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';
  const own: LessonElement | undefined =
    isElement && typeof node.name === 'string'
      ? {
          name: node.name,
          props: propsOf(node),
          parent,
          line: node.position?.start.line ?? 1,
          column: node.position?.start.column ?? 1,
        }
      : undefined;
  const below = (node.children ?? []).flatMap((child) => elementsOf(child, own ?? parent));
  return own === undefined ? below : [own, ...below];
}

function propsOf({ attributes = [] }: MdxNode): Record<string, unknown> {
  const props: Record<string, unknown> = {};
  for (const { name, value } of attributes) {
    if (name === undefined) continue;
    if (value === null || value === undefined) props[name] = true;
    else if (typeof value === 'string') props[name] = value;
    else {
      const [statement] = (value as { data?: { estree?: { body: Estree[] } } }).data?.estree?.body ?? [];
      const read = literalOf(statement?.expression as Estree | undefined);
      if (read !== undefined) props[name] = read;
    }
  }
  return props;
}

interface Estree {
  type: string;
  [field: string]: unknown;
}

/** What an expression is that needs no computing; undefined for all else. */
function literalOf(node: Estree | null | undefined): unknown {
  switch (node?.type) {
    case 'Literal':
      return node.value;
    case 'TemplateLiteral': {
      const [quasi, ...others] = node.quasis as { value: { cooked: string } }[];
      return others.length === 0 ? quasi.value.cooked : undefined;
    }
    case 'UnaryExpression': {
      const value = literalOf(node.argument as Estree);
      return node.operator === '-' && typeof value === 'number' ? -value : undefined;
    }
    case 'ArrayExpression':
      return (node.elements as Estree[]).map(literalOf);
    case 'ObjectExpression':
      return Object.fromEntries(
        (node.properties as Estree[]).flatMap(({ key, value }) => {
          const { name, value: quoted } = (key ?? {}) as { name?: string; value?: string };
          const field = name ?? quoted;
          return field === undefined ? [] : [[field, literalOf(value as Estree)]];
        }),
      );
    default:
      return undefined;
  }
}

/** The items of an order, as far as they are written out. */
export function itemsOf(items: unknown): Record<string, unknown>[] {
  return Array.isArray(items) ? items.filter((item) => typeof item === 'object' && item !== null) : [];
}
