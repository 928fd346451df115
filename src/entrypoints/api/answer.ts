import { type FieldError, type ProblemCode, problems } from './problems.ts';

export type JsonStatus = 200 | 201 | 202;

/** What a call answers, as a value; `respond` makes the HTTP response of it. */
export type Answer<Json = unknown> =
  | { readonly kind: 'json'; readonly status: JsonStatus; readonly json: Json }
  | { readonly kind: 'empty' }
  | { readonly kind: 'file'; readonly bytes: Buffer; readonly mediaType: string; readonly fileName: string }
  /** A file that is made while it is sent; `length` in bytes. */
  | {
      readonly kind: 'stream';
      readonly stream: ReadableStream<Uint8Array>;
      readonly length: number;
      readonly mediaType: string;
      readonly fileName: string;
    }
  /** An answer that was given before, under the same idempotency key. */
  | { readonly kind: 'replayed'; readonly status: number; readonly text: string }
  | Refusal;

export interface Refusal {
  readonly kind: 'refusal';
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

type Details = Partial<Pick<Refusal, 'status' | 'detail' | 'errors' | 'headers'>>;

export function json<Json>(value: Json, status: JsonStatus = 200): Answer<Json> {
  return { kind: 'json', status, json: value };
}

export const empty: Answer<never> = { kind: 'empty' };

/** A refusal with the words of the table, or with better ones. */
export function refuse(code: ProblemCode, details: Details = {}): Refusal {
  return { kind: 'refusal', code, status: problems[code].status, detail: problems[code].detail, ...details };
}

export function refuseFields(errors: readonly FieldError[]): Refusal {
  return refuse('invalid_request', { errors });
}

/** The HTTP response of an answer. `publicUrl` is where the problem words are explained. */
export function respond(answer: Answer, publicUrl: string, location?: string): Response {
  switch (answer.kind) {
    case 'json':
      return jsonResponse(JSON.stringify(answer.json), answer.status, location);
    case 'replayed':
      return replayedResponse(answer, location);
    case 'empty':
      return new Response(null, { status: 204 });
    case 'file':
      return fileResponse(answer, new Uint8Array(answer.bytes), answer.bytes.length);
    case 'stream':
      return fileResponse(answer, answer.stream, answer.length);
    case 'refusal':
      return problemResponse(answer, publicUrl);
  }
}

function jsonResponse(text: string, status: number, location?: string): Response {
  const headers = new Headers({ 'content-type': 'application/json' });
  const id = location && status === 201 ? (JSON.parse(text) as { id?: unknown }).id : undefined;
  if (typeof id === 'string') headers.set('location', `${location}/${id}`);
  return new Response(text, { status, headers });
}

function replayedResponse({ status, text }: { status: number; text: string }, location?: string): Response {
  const response = status === 204 ? new Response(null, { status }) : jsonResponse(text, status, location);
  response.headers.set('idempotent-replayed', 'true');
  return response;
}

function fileResponse(
  file: { readonly fileName: string; readonly mediaType: string },
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>,
  length: number,
): Response {
  const name = encodeURIComponent(file.fileName).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return new Response(body as BodyInit, {
    headers: {
      'content-type': file.mediaType,
      'content-length': String(length),
      'content-disposition': `attachment; filename*=UTF-8''${name}`, // RFC 8187
    },
  });
}

/** RFC 9457. */
function problemResponse(refusal: Refusal, publicUrl: string): Response {
  const { code, status, detail, errors, headers } = refusal;
  const body = {
    type: `${publicUrl}/api/v1/docs#problem-${code}`,
    title: problems[code].title,
    status,
    detail,
    code,
    ...(errors ? { errors } : {}),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}
