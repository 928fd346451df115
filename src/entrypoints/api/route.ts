import type { z } from '@hono/zod-openapi';
import type { IdKind } from '#base/ids';
import type { Feature, Rights } from '#domain/accounts';
import type { Answer, JsonStatus } from './answer.ts';
import type { Call } from './call.ts';
import type { ProblemCode } from './problems.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What a call answers when all goes well. */
export type Success =
  | { readonly kind: 'json'; readonly statuses: readonly JsonStatus[]; readonly schema: z.ZodType }
  | { readonly kind: 'file'; readonly mediaType: string }
  | { readonly kind: 'empty' };

/** How the body is given; both schemas may be there, then either is taken. */
export interface BodySpec {
  readonly json?: z.ZodType;
  readonly form?: z.ZodType;
  /** Fields of the form that hold JSON. */
  readonly jsonFields?: readonly string[];
  /** No body at all counts as `{}`. */
  readonly isOptional?: boolean;
}

/** One call of the API: what it takes and answers, who may make it, and what it does. */
export interface Route {
  readonly method: Method;
  /** Below `/api/v1`; `{id}` is the only parameter. */
  readonly path: string;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** What kind of id the path holds; another kind is answered by `not_found`. */
  readonly id?: IdKind;
  readonly right: Rights;
  /** A key for tests may call it, because nothing leaves by it; what only reads, it may always. */
  readonly isForTests?: true;
  /** What the company's plan must hold beside `api`. */
  readonly feature?: Feature;
  readonly query?: z.ZodType;
  readonly body?: BodySpec;
  readonly success: Success;
  /** Beyond those that every call may answer. */
  readonly refusals?: readonly ProblemCode[];
  readonly handle: (call: Call) => Promise<Answer>;
}

type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type BodyOf<Body> =
  | (Body extends { json: infer Json } ? OutputOf<Json> : never)
  | (Body extends { form: infer Form } ? OutputOf<Form> : never);
type AnswerOf<Sent> = Sent extends { kind: 'json'; schema: infer Schema }
  ? Answer<Schema extends z.ZodType ? z.input<Schema> : never>
  : Answer<never>;

interface TypedRoute<Query, Body, Sent> extends Omit<Route, 'query' | 'body' | 'success' | 'handle'> {
  readonly query?: Query;
  readonly body?: Body;
  readonly success: Sent;
  readonly handle: (call: Call<OutputOf<Query>, BodyOf<Body>>) => Promise<AnswerOf<Sent>>;
}

/** Takes a route whose handler is typed by its schemas: what it is called with was read by them, what it answers fits them. */
export function defineRoute<
  const Query extends z.ZodType | undefined = undefined,
  const Body extends BodySpec | undefined = undefined,
  const Sent extends Success = Success,
>(route: TypedRoute<Query, Body, Sent>): Route {
  return route as unknown as Route; // the pipeline hands over what the schemas have read
}
