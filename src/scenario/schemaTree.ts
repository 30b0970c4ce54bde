/** A zod schema seen from outside, as far as this folder looks into one. */
export interface SchemaNode {
  _zod: {
    def: {
      type: string;
      innerType?: SchemaNode;
      in?: SchemaNode;
      shape?: Record<string, SchemaNode>;
      valueType?: SchemaNode;
      element?: SchemaNode;
      items?: SchemaNode[];
      options?: SchemaNode[];
      discriminator?: string;
      entries?: Record<string, string>;
      values?: unknown[];
    };
  };
}

/** What a schema holds once defaults, options and conversions are taken off. */
export function coreOf(schema: SchemaNode): SchemaNode {
  let node = schema;
  for (;;) {
    const inner = node._zod.def.innerType ?? (node._zod.def.type === 'pipe' ? node._zod.def.in : undefined);
    if (inner === undefined) return node;
    node = inner;
  }
}

/**
 * The schema of one place in a document; undefined where there is none.
 * `value` decides which variant of a union is meant, by its discriminator.
 */
export function schemaAt(root: SchemaNode, keys: readonly PropertyKey[], value: unknown): SchemaNode | undefined {
  let node: SchemaNode | undefined = variantOf(coreOf(root), value);
  let here = value;
  for (const key of keys) {
    const def: SchemaNode['_zod']['def'] = node._zod.def;
    here = ownValue(here, key);
    if (def.shape !== undefined) node = Object.hasOwn(def.shape, key) ? def.shape[String(key)] : undefined;
    else if (def.items !== undefined) node = def.items[Number(key)];
    else node = def.valueType ?? def.element;
    if (node === undefined) return undefined;
    node = variantOf(coreOf(node), here);
  }
  return node;
}

/** The names a map may use, or the values a choice may take; empty where anything goes. */
export function namesOf(schema: SchemaNode | undefined): string[] {
  if (schema === undefined) return [];
  const def = schema._zod.def;
  if (def.shape !== undefined) return Object.keys(def.shape);
  if (def.entries !== undefined) return Object.values(def.entries);
  if (def.discriminator === undefined) return [];
  const { discriminator } = def;
  return (def.options ?? []).flatMap((option) =>
    (coreOf(option)._zod.def.shape?.[discriminator]._zod.def.values ?? []).map(String),
  );
}

/** An own property of a map or a list; undefined for everything else. */
export function ownValue(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
}

function variantOf(schema: SchemaNode, value: unknown): SchemaNode {
  const { discriminator, options } = schema._zod.def;
  if (discriminator === undefined || options === undefined) return schema;
  const chosen = ownValue(value, discriminator);
  const variant = options.find((option) =>
    coreOf(option)._zod.def.shape?.[discriminator]._zod.def.values?.includes(chosen),
  );
  return variant === undefined ? schema : coreOf(variant);
}
