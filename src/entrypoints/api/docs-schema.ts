/** The parts of JSON Schema that our own schemas become. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly description?: string;
  readonly example?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
  readonly additionalProperties?: boolean | SchemaNode;
}

export interface Field {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly isRequired: boolean;
}

/** Follows a reference to one of the document's own schemas. */
export type Resolve = (node: SchemaNode) => SchemaNode;

export function resolverOf(schemas: Readonly<Record<string, SchemaNode>>): Resolve {
  return (node) => (node.$ref ? (schemas[nameOf(node.$ref)] ?? {}) : node);
}

/** The fields of an object, with those of the objects inside it under their path; named things are named only. */
export function fieldsOf(node: SchemaNode, resolve: Resolve, prefix = ''): Field[] {
  const { properties = {}, required = [] } = resolve(node);
  return Object.entries(properties).flatMap(([name, inner]) => {
    const path = `${prefix}${name}`;
    const own = {
      name: path,
      type: typeOf(inner),
      description: descriptionOf(inner),
      isRequired: required.includes(name),
    };
    const object = inner.properties ? inner : inner.items?.properties ? inner.items : null;
    return object ? [own, ...fieldsOf(object, resolve, `${path}${object === inner ? '' : '[]'}.`)] : [own];
  });
}

function typeOf(node: SchemaNode): string {
  if (node.$ref) return nameOf(node.$ref);
  const parts = node.anyOf ?? node.oneOf ?? node.allOf;
  if (parts) return [...new Set(parts.map(typeOf))].join(' or ');
  if (node.const !== undefined) return JSON.stringify(node.const);
  const types = [node.type ?? 'any'].flat();
  const isNullable = types.includes('null');
  const plain = types.filter((type) => type !== 'null').map((type) => plainType(type, node));
  return [...plain, ...(isNullable ? ['null'] : [])].join(' or ');
}

function plainType(type: string, node: SchemaNode): string {
  if (node.enum)
    return node.enum
      .filter((value) => value !== null)
      .map((value) => JSON.stringify(value))
      .join(' | ');
  if (type === 'array') return `list of ${node.items ? typeOf(node.items) : 'anything'}`;
  return node.format ? `${type} (${node.format})` : type;
}

function descriptionOf(node: SchemaNode): string {
  const parts = [
    node.description,
    node.minimum !== undefined && node.maximum !== undefined && node.maximum < 1e15
      ? `${node.minimum} to ${node.maximum}`
      : undefined,
    node.default !== undefined ? `default ${JSON.stringify(node.default)}` : undefined,
    node.example !== undefined ? `for example ${JSON.stringify(node.example)}` : undefined,
  ];
  return parts.filter(Boolean).join('; ');
}

/** An example of what may be sent: required fields and those that have an example. */
export function exampleOf(node: SchemaNode, resolve: Resolve): unknown {
  const found = resolve(node);
  if (found.example !== undefined) return found.example;
  if (found.enum) return found.enum[0];
  if (found.const !== undefined) return found.const;
  if (found.properties) {
    const { required = [] } = found;
    const shown = Object.entries(found.properties).filter(
      ([name, inner]) => required.includes(name) || hasExample(inner, resolve),
    );
    return Object.fromEntries(shown.map(([name, inner]) => [name, exampleOf(inner, resolve)]));
  }
  if (found.items) return [exampleOf(found.items, resolve)];
  const parts = found.anyOf ?? found.allOf ?? found.oneOf;
  if (parts?.[0]) return exampleOf(parts[0], resolve);
  const type = [found.type ?? 'string'].flat()[0];
  return type === 'boolean' ? true : type === 'integer' || type === 'number' ? 1 : 'text';
}

function hasExample(node: SchemaNode, resolve: Resolve): boolean {
  const found = resolve(node);
  if (found.example !== undefined) return true;
  return Object.values(found.properties ?? {}).some((inner) => hasExample(inner, resolve));
}

function nameOf(ref: string): string {
  return ref.split('/').at(-1) ?? '';
}
