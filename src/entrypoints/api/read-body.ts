import { sha256 } from '#base/crypto';
import { type Refusal, refuse, refuseFields } from './answer.ts';
import { stringProblems } from './check-strings.ts';
import type { FieldError } from './problems.ts';
import { type Part, readMultipart } from './read-multipart.ts';

/** How a call's body is read: as JSON, as multipart/form-data, or as either. */
export interface BodyForm {
  readonly takesJson: boolean;
  /** No body at all stands for an empty object. */
  readonly isOptional: boolean;
  /** Fields of a form that hold JSON; null where forms are not taken. */
  readonly jsonFields: readonly string[] | null;
  readonly mostBytes: number;
}

export type BodyRead =
  /** `hash` is the same for the same content, whatever the boundary of a form was. */
  | { readonly ok: true; readonly value: unknown; readonly isForm: boolean; readonly hash: Buffer }
  | { readonly ok: false; readonly refusal: Refusal };

/** Reads a body within its limit. Refuses other types, what is too large, and what is not the JSON or form that it says it is. */
export async function readBody(request: Request, form: BodyForm): Promise<BodyRead> {
  const type = request.headers.get('content-type') ?? '';
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > form.mostBytes) return refused(tooLarge(form.mostBytes));
  const isForm = /^multipart\/form-data\s*;/i.test(type);
  if (isForm && form.jsonFields) return readForm(request, type, form);
  const isJson = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type);
  const bytes = isJson || type === '' ? await readBytes(request, form.mostBytes) : null;
  if (bytes === 'too_large') return refused(tooLarge(form.mostBytes));
  if (form.isOptional && (bytes?.length ?? 0) === 0)
    return { ok: true, value: {}, isForm: false, hash: sha256('') };
  if (!isJson || !bytes || !form.takesJson) return refused(wrongType(form));
  const parsed = parseJson(bytes.toString('utf8'));
  if (!parsed.ok)
    return refused(refuse('invalid_request', { status: 400, detail: `The body is no JSON: ${parsed.why}` }));
  const errors = stringProblems(parsed.value);
  return errors.length > 0
    ? refused(refuseFields(errors))
    : { ok: true, value: parsed.value, isForm: false, hash: sha256(bytes) };
}

async function readForm(request: Request, type: string, form: BodyForm): Promise<BodyRead> {
  const read = await readMultipart(request.body, type, form.mostBytes);
  if (!read.ok) {
    const refusal =
      read.reason === 'too_large'
        ? tooLarge(form.mostBytes)
        : refuse('invalid_request', {
            status: 400,
            detail: 'The body is no multipart/form-data, or has too many parts.',
          });
    return refused(refusal);
  }
  const errors: FieldError[] = [];
  const value: Record<string, unknown> = {};
  for (const part of read.parts) {
    if (part.name in value) errors.push({ path: part.name, message: 'This field is there twice.' });
    value[part.name] = contentOf(part, form.jsonFields ?? [], errors);
  }
  if (errors.length > 0) return refused(refuseFields(errors));
  const digest = read.parts.map((part) => [part.name, part.fileName, sha256(part.bytes).toString('hex')]);
  return { ok: true, value, isForm: true, hash: sha256(JSON.stringify(digest)) };
}

/** A file as it is, a JSON field as what it says, anything else as text. */
function contentOf(part: Part, jsonFields: readonly string[], errors: FieldError[]): unknown {
  const isJson = jsonFields.includes(part.name);
  if (part.fileName !== null && !isJson) return { fileName: part.fileName, bytes: part.bytes };
  const text = Buffer.from(part.bytes).toString('utf8');
  const parsed = isJson ? parseJson(text) : ({ ok: true, value: text } as const);
  if (!parsed.ok) {
    errors.push({ path: part.name, message: `This field is no JSON: ${parsed.why}` });
    return null;
  }
  errors.push(
    ...stringProblems(parsed.value).map(({ path, message }) => ({
      path: [part.name, path].filter(Boolean).join('.'),
      message,
    })),
  );
  return parsed.value;
}

async function readBytes(request: Request, mostBytes: number): Promise<Buffer | 'too_large'> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (!request.body) return Buffer.alloc(0);
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > mostBytes) return 'too_large'; // leaving the loop cancels the stream
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(
  text: string,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    // The parser's own words repeat a piece of the text: enough to find the place.
    return { ok: false, why: error instanceof Error ? `${error.message.slice(0, 200)}.` : 'unknown.' };
  }
}

function tooLarge(mostBytes: number): Refusal {
  return refuse('too_large', { detail: `This call takes ${Math.floor(mostBytes / 1024)} KiB at most.` });
}

function wrongType(form: BodyForm): Refusal {
  const types = [
    ...(form.takesJson ? ['application/json'] : []),
    ...(form.jsonFields ? ['multipart/form-data'] : []),
  ];
  return refuse('unsupported_media_type', {
    detail: `Send ${types.join(' or ')} and say so in Content-Type.`,
  });
}

function refused(refusal: Refusal): BodyRead {
  return { ok: false, refusal };
}
