import type { Context } from 'hono';

/** A posted form. Texts are trimmed of nothing but octets of zero, which no database keeps; what is absent is an empty text. */
export interface PostedForm {
  readonly text: (name: string) => string;
  readonly texts: (name: string) => string[];
  readonly has: (name: string) => boolean;
  /** The names of the fields that were sent. */
  readonly names: () => string[];
  /** The first file that was really chosen, or null. */
  readonly file: (name: string) => File | null;
  readonly files: (name: string) => File[];
}

/** Reads the posted form, once per request; its size was limited before. A body that is no form is an empty one. */
export async function readForm(c: Context): Promise<PostedForm> {
  const body = await c.req.parseBody({ all: true }).catch(() => ({}) as Record<string, never>);
  const all = (name: string): (string | File)[] => {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
  };
  const texts = (name: string): string[] =>
    all(name)
      .filter((value) => typeof value === 'string')
      .map((value) => value.replaceAll('\0', ''));
  const files = (name: string): File[] =>
    all(name).filter((value) => typeof value !== 'string' && value.size > 0) as File[];
  return {
    texts,
    files,
    text: (name) => texts(name)[0] ?? '',
    has: (name) => all(name).length > 0,
    names: () => Object.keys(body),
    file: (name) => files(name)[0] ?? null,
  };
}
