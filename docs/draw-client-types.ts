/** What we use of an OpenAPI 3.1 document (spec.openapis.org/oas/v3.1.0) and of its schemas (JSON Schema 2020-12). */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly description?: string;
}
interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}
interface Body {
  readonly required?: boolean;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}
interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body>>;
}
export interface ApiDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters?: Readonly<Record<string, Parameter>>;
  };
}

/**
 * Writes the API's description as TypeScript types, in the form that openapi-fetch reads: `paths` and `components`. Refuses (throws on) a schema
 * that it does not know, rather than write a wrong type.
 */
export function drawClientTypes(api: ApiDescription): string {
  const paths = Object.entries(api.paths).map(([path, methods]) => {
    const own = Object.entries(methods).map(([method, one]) => operation(api, method, one));
    return `  ${key(path)}: {\n${own.join('')}  };\n`;
  });
  const schemas = Object.entries(api.components.schemas).map(
    ([name, schema]) => `    ${key(name)}: ${type(schema, '    ')};\n`,
  );
  return [
    '// Made from docs/openapi.json by `npm run docs`; change the routes, not this file.\n',
    `export interface paths {\n${paths.join('')}}\n`,
    `export interface components {\n  schemas: {\n${schemas.join('')}  };\n}\n`,
  ].join('\n');
}

function operation(api: ApiDescription, method: string, one: Operation): string {
  const parameters = (one.parameters ?? []).map((parameter) => resolve(api, parameter));
  const places = ['query', 'header', 'path'].flatMap((place) => {
    const own = parameters.filter((parameter) => parameter.in === place);
    if (own.length === 0) return [];
    const mark = own.some((parameter) => parameter.required) ? '' : '?';
    const fields = own.map(({ name, required, schema }) =>
      field(name, required === true, schema, '          '),
    );
    return [`        ${place}${mark}: {\n${fields.join('')}        };\n`];
  });
  const body = one.requestBody;
  const responses = Object.entries(one.responses).map(
    ([status, response]) => `        ${status}: { content: ${content(response)} };\n`,
  );
  return [
    one.summary ? `    /** ${one.summary.replaceAll('*/', '* /')} */\n` : '',
    `    ${method}: {\n      parameters: {\n${places.join('')}      };\n`,
    body ? `      requestBody${body.required ? '' : '?'}: { content: ${content(body)} };\n` : '',
    `      responses: {\n${responses.join('')}      };\n    };\n`,
  ].join('');
}

function resolve(api: ApiDescription, parameter: Parameter): Parameter {
  const name = parameter.$ref?.replace('#/components/parameters/', '');
  const found = name === undefined ? parameter : api.components.parameters?.[name];
  if (!found) throw new Error(`No parameter ${parameter.$ref}.`);
  return found;
}

function content(body: Body): string {
  const kinds = Object.entries(body.content ?? {}).map(
    ([mime, { schema }]) => `${key(mime)}: ${schema ? type(schema, '          ') : 'unknown'}`,
  );
  return kinds.length === 0 ? '{ [mime: string]: never }' : `{ ${kinds.join('; ')} }`;
}

function type(schema: Schema, indent: string): string {
  if (schema.$ref) return `components['schemas']['${schema.$ref.replace('#/components/schemas/', '')}']`;
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf) return schema.anyOf.map((one) => type(one, indent)).join(' | ');
  const names = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  return names.length === 0 ? 'unknown' : names.map((name) => named(name, schema, indent)).join(' | ');
}

function named(name: string, schema: Schema, indent: string): string {
  if (name === 'string') return schema.format === 'binary' ? 'Blob' : 'string';
  if (name === 'integer' || name === 'number') return 'number';
  if (name === 'boolean' || name === 'null') return name;
  if (name === 'array') return `(${type(schema.items ?? {}, indent)})[]`;
  if (name === 'object') return object(schema, indent);
  throw new Error(`A schema of type ${name} is not known here.`);
}

function object(schema: Schema, indent: string): string {
  const required = new Set(schema.required);
  const fields = Object.entries(schema.properties ?? {}).map(([name, one]) =>
    field(name, required.has(name), one, `${indent}  `),
  );
  const { additionalProperties: more } = schema;
  if (fields.length > 0) return `{\n${fields.join('')}${indent}}`;
  return `{ readonly [key: string]: ${typeof more === 'object' ? type(more, indent) : 'unknown'} }`;
}

function field(name: string, isRequired: boolean, schema: Schema, indent: string): string {
  const comment = schema.description ? `${indent}/** ${schema.description.replaceAll('*/', '* /')} */\n` : '';
  return `${comment}${indent}readonly ${key(name)}${isRequired ? '' : '?'}: ${type(schema, indent)};\n`;
}

function key(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}
