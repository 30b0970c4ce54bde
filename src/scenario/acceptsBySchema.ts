type Schema = Record<string, unknown>;

/**
 * Whether a value is right by a JSON Schema, for tests: as much of draft 2020-12 as our schemas use. `root` is where references
 * begin. @throws Error at a keyword that it does not know, so that none is passed over.
 */
export function accepts(node: Schema, value: unknown, root: Schema = node): boolean {
  const inside = (inner: unknown, part: unknown): boolean => accepts(inner as Schema, part, root);
  return Object.entries(node).every(([keyword, rule]) => {
    switch (keyword) {
      case 'type':
        return [rule].flat().some((type) => isOfType(value, String(type)));
      case 'const':
        return value === rule;
      case 'enum':
        return (rule as unknown[]).includes(value);
      case 'pattern':
        return typeof value !== 'string' || new RegExp(String(rule), 'u').test(value);
      case 'minLength':
        return typeof value !== 'string' || value.length >= Number(rule);
      case 'maxLength':
        return typeof value !== 'string' || value.length <= Number(rule);
      case 'minimum':
        return typeof value !== 'number' || value >= Number(rule);
      case 'maximum':
        return typeof value !== 'number' || value <= Number(rule);
      case 'exclusiveMinimum':
        return typeof value !== 'number' || value > Number(rule);
      case 'anyOf':
        return (rule as Schema[]).some((option) => inside(option, value));
      case 'oneOf':
        return (rule as Schema[]).filter((option) => inside(option, value)).length === 1;
      case 'maxItems':
        return !Array.isArray(value) || value.length <= Number(rule);
      case 'minItems':
        return !Array.isArray(value) || value.length >= Number(rule);
      case 'items':
        return !Array.isArray(value) || value.every((item) => inside(rule, item));
      case 'prefixItems':
        return !Array.isArray(value) || value.every((item, index) => inside((rule as Schema[])[index], item));
      case 'propertyNames':
        return !isMap(value) || Object.keys(value).every((name) => inside(rule, name));
      case 'properties':
        return (
          !isMap(value) ||
          Object.entries(rule as Schema).every(([name, inner]) => !(name in value) || inside(inner, value[name]))
        );
      case 'additionalProperties':
        return (
          !isMap(value) ||
          Object.entries(value).every(
            ([name, inner]) => Object.hasOwn(node.properties ?? {}, name) || (rule !== false && inside(rule, inner)),
          )
        );
      case 'required':
        return !isMap(value) || (rule as string[]).every((name) => name in value);
      case '$ref':
        return inside(referred(String(rule), root), value);
      case '$schema':
      case '$defs':
      case 'title':
      case 'description':
      case 'default':
      case 'examples':
        return true;
      default:
        throw new Error(`the schema uses ${keyword}`);
    }
  });
}

function referred(pointer: string, root: Schema): unknown {
  const names = pointer.replace('#/', '').split('/');
  return names.reduce<unknown>((node, name) => (node as Schema)[name], root);
}

function isMap(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'object') return isMap(value);
  if (type === 'array') return Array.isArray(value);
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}
