import { raw } from 'hono/html';
import type { ApiDocument } from './describe-api.ts';
import { exampleOf, type Field, fieldsOf, type Resolve, resolverOf, type SchemaNode } from './docs-schema.ts';
import { docsStyle } from './docs-style.ts';
import { problemCodes, problems } from './problems.ts';

/** The API documentation as one page that needs nothing from elsewhere and no script. */
export async function renderDocs(document: ApiDocument): Promise<string> {
  return `<!doctype html>${await (<Docs document={document} />)}`;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: SchemaNode;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: SchemaNode }>> };
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description: string;
        readonly content?: Readonly<Record<string, { readonly schema?: SchemaNode }>>;
      }
    >
  >;
}

interface Listed {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The document holds what `describeRoutes` has put into it, in that order. */
function operationsOf(document: ApiDocument): Listed[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
      method,
      path,
      operation,
    })),
  );
}

function Docs({ document }: { document: ApiDocument }) {
  const listed = operationsOf(document);
  const schemas = (document.components?.schemas ?? {}) as Record<string, SchemaNode>;
  const resolve = resolverOf(schemas);
  const tags = [...new Set(listed.map((one) => one.operation.tags[0] ?? ''))];
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Envoi API</title>
        <style>{raw(docsStyle)}</style>
      </head>
      <body>
        <main>
          <h1>Envoi API {document.info.version}</h1>
          <p>
            <Words text={document.info.description ?? ''} />
          </p>
          <p>
            Machines read <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).
          </p>
          <pre>{firstSteps}</pre>
          <Contents tags={tags} listed={listed} />
          {tags.map((tag) => (
            <section>
              <h2 id={tag.toLowerCase()}>{tag}</h2>
              {listed
                .filter((one) => one.operation.tags[0] === tag)
                .map((one) => (
                  <Call listed={one} resolve={resolve} />
                ))}
            </section>
          ))}
          <Problems />
          <h2 id="things">Things</h2>
          {Object.entries(schemas).map(([name, schema]) => (
            <section>
              <h3 id={`thing-${name}`}>{name}</h3>
              <Fields fields={fieldsOf(schema, resolve)} />
            </section>
          ))}
        </main>
      </body>
    </html>
  );
}

const firstSteps = `curl -X POST $ENVOI/api/v1/dispatches -H "Authorization: Bearer $KEY" -H "Idempotency-Key: $(uuidgen)" \\
  -F file=@invoice.pdf -F 'dispatch={"to":["els@peeters.example"]};type=application/json'`;

function Contents({ tags, listed }: { tags: readonly string[]; listed: readonly Listed[] }) {
  return (
    <nav aria-label="Calls">
      <ul>
        {tags.flatMap((tag) =>
          listed
            .filter((one) => one.operation.tags[0] === tag)
            .map(({ method, path, operation }) => (
              <li>
                <a href={`#${operation.operationId}`}>
                  <span class="method">{method}</span> <code>{path}</code>
                </a>
              </li>
            )),
        )}
        <li>
          <a href="#problems">Problems</a>
        </li>
      </ul>
    </nav>
  );
}

function Call({ listed: { method, path, operation }, resolve }: { listed: Listed; resolve: Resolve }) {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  return (
    <article aria-labelledby={operationId}>
      <h3 id={operationId}>
        <span class="method">{method}</span> <code>/api/v1{path}</code>
      </h3>
      <p>
        <strong>{summary}.</strong> <Words text={description ?? ''} />
      </p>
      {parameters.length > 0 && (
        <Fields fields={parameters.map((one) => parameterField(one, resolve))} heading="Parameters" />
      )}
      {Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => (
        <>
          <h4>Body: {type}</h4>
          {schema && <Fields fields={fieldsOf(schema, resolve)} />}
          {schema && type.endsWith('json') && <pre>{exampleText(schema, resolve)}</pre>}
        </>
      ))}
      <h4>Answers</h4>
      <table>
        {Object.entries(responses).map(([status, { description: words, content = {} }]) => (
          <tr>
            <td>
              <code>{status}</code>
            </td>
            <td>
              <Words text={words} /> <ThingLinks content={content} />
            </td>
          </tr>
        ))}
      </table>
    </article>
  );
}

function parameterField({ name, in: place, required, schema = {} }: Parameter, resolve: Resolve): Field {
  const [field] = fieldsOf({ type: 'object', properties: { [name]: schema } }, resolve);
  return {
    ...(field ?? { name, type: '', description: '' }),
    name: `${name} (${place})`,
    isRequired: required ?? false,
  };
}

/** A text in which backticks enclose what is typed as it stands. */
function Words({ text }: { text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>;
}

function ThingLinks({ content }: { content: Readonly<Record<string, { readonly schema?: SchemaNode }>> }) {
  const names = Object.values(content).flatMap(
    ({ schema }) => JSON.stringify(schema).match(/schemas\/\w+/g) ?? [],
  );
  return (
    <>
      {[...new Set(names)].map((name) => (
        <a href={`#thing-${name.slice(8)}`}>{name.slice(8)} </a>
      ))}
    </>
  );
}

function exampleText(schema: SchemaNode, resolve: Resolve): string {
  return JSON.stringify(exampleOf(schema, resolve), null, 2);
}

function Fields({ fields, heading }: { fields: readonly Field[]; heading?: string }) {
  if (fields.length === 0) return null;
  return (
    <>
      {heading && <h4>{heading}</h4>}
      <div class="scroll">
        <table>
          {fields.map(({ name, type, description, isRequired }) => (
            <tr>
              <td>
                <code>{name}</code> {isRequired && <span class="must">required</span>}
              </td>
              <td>{type}</td>
              <td>
                <Words text={description} />
              </td>
            </tr>
          ))}
        </table>
      </div>
    </>
  );
}

function Problems() {
  return (
    <section>
      <h2 id="problems">Problems</h2>
      <table>
        {problemCodes.map((code) => (
          <tr id={`problem-${code}`}>
            <td>
              <code>{code}</code>
            </td>
            <td>{problems[code].status}</td>
            <td>
              <p>
                <strong>{problems[code].title}.</strong> {problems[code].detail}
              </p>
            </td>
          </tr>
        ))}
      </table>
    </section>
  );
}
