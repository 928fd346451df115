import { OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import manifest from '../../../package.json' with { type: 'json' };
import { type FieldError, type ProblemCode, problems } from './problems.ts';
import type { Route } from './route.ts';

const fieldError: z.ZodType<FieldError> = z.object({ path: z.string(), message: z.string() });
const problemShape = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string().openapi({ description: 'a stable word' }),
    errors: z.array(fieldError).optional().openapi({ description: 'the fields that are wrong' }),
  })
  .openapi('Problem');

export type ApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

/** The OpenAPI 3.1 description of the routes. */
export function describeRoutes(routes: readonly Route[]): ApiDocument {
  const { openAPIRegistry: registry, getOpenAPI31Document } = new OpenAPIHono();
  registry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key; made in the settings, or by `envoi api-key create`.',
  });
  for (const route of routes) registry.registerPath(configOf(route));
  return getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Envoi',
      version: manifest.version,
      description:
        'Send invoices and quotes, know who received them, and prove it. Times are RFC 3339 in UTC, days YYYY-MM-DD, money decimal strings. Errors are application/problem+json (RFC 9457) with a stable `code`.',
      license: { name: manifest.license, url: `https://spdx.org/licenses/${manifest.license}.html` },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ key: [] }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
  });
}

function configOf(route: Route): RouteConfig {
  return {
    method: route.method,
    path: route.path,
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    description: `${route.description ? `${route.description}\n\n` : ''}Needs a key with the rights \`${route.right}\`.`,
    request: { ...requestOf(route) },
    responses: { ...successesOf(route), ...refusalsOf(route) },
  };
}

const idempotencyKey = z.string().min(1).max(255).optional().openapi({
  description: 'The same key with the same request is answered once: repeat without fear for 24 hours.',
});

function requestOf(route: Route): RouteConfig['request'] {
  const { body, query } = route;
  const content = {
    ...(body?.json ? { 'application/json': { schema: body.json } } : {}),
    ...(body?.form ? { 'multipart/form-data': { schema: body.form } } : {}),
  };
  return {
    ...(route.id ? { params: z.object({ id: z.string() }) } : {}),
    ...(query instanceof z.ZodObject ? { query } : {}),
    ...(route.method === 'post' ? { headers: z.object({ 'Idempotency-Key': idempotencyKey }) } : {}),
    ...(body ? { body: { content, required: !body.isOptional } } : {}),
  };
}

const statusWords = {
  200: 'Done; for an upload: the same bytes were there already.',
  201: 'Made.',
  202: 'Taken on; what becomes of it is told by the events.',
} as const;

function successesOf({ success }: Route): RouteConfig['responses'] {
  if (success.kind === 'empty') return { 204: { description: 'Done.' } };
  if (success.kind === 'file') {
    const schema = z.string().openapi({ format: 'binary' });
    return { 200: { description: 'The file.', content: { [success.mediaType]: { schema } } } };
  }
  const content = { 'application/json': { schema: success.schema } };
  return Object.fromEntries(
    success.statuses.map((status) => [
      status,
      {
        description: success.statuses.length === 1 && status === 200 ? 'Done.' : statusWords[status],
        content,
      },
    ]),
  );
}

/** The problem words of a call, its own and those that every call of its form has, by status. */
function refusalsOf(route: Route): RouteConfig['responses'] {
  const codes: ProblemCode[] = ['unauthorized', 'forbidden', 'rate_limited', ...(route.refusals ?? [])];
  if (route.id) codes.push('not_found');
  if (route.query || route.body) codes.push('invalid_request');
  if (route.body) codes.push('too_large', 'unsupported_media_type');
  if (route.method === 'post')
    codes.push('invalid_idempotency_key', 'idempotency_key_reused', 'request_in_flight');
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set(codes))
    byStatus.set(problems[code].status, [...(byStatus.get(problems[code].status) ?? []), code]);
  const content = { 'application/problem+json': { schema: problemShape } };
  return Object.fromEntries(
    [...byStatus].map(([status, words]) => [
      status,
      { description: words.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '), content },
    ]),
  );
}
