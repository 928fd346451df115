import type { FieldError } from './problems.ts';

const deepest = 32; // nothing that is asked for here is deeper than six levels; metadata may be

/**
 * What no part of us could keep unchanged, wherever it stands in JSON from outside: NUL and half characters (PostgreSQL refuses
 * them), numbers beyond what JSON can say again, a `__proto__` key, bottomless nesting. At most ten are named.
 */
export function stringProblems(value: unknown): FieldError[] {
  const errors: FieldError[] = [];
  look(value, [], errors);
  return errors.slice(0, 10);
}

function look(value: unknown, path: readonly string[], errors: FieldError[]): void {
  const say = (message: string): void => {
    if (errors.length < 10) errors.push({ path: path.join('.'), message });
  };
  if (typeof value === 'string' && !isKeepable(value))
    say('This text holds a character that cannot be kept.');
  if (typeof value === 'number' && !Number.isFinite(value)) say('This number is too large.');
  if (typeof value !== 'object' || value === null) return;
  if (path.length >= deepest) {
    say('This is nested too deeply.');
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (name === '__proto__' || !isKeepable(name)) say('This object has a name that cannot be kept.');
    else look(inner, [...path, name.slice(0, 100)], errors);
  }
}

/** Tells whether a text can be stored and given back as it is. */
export function isKeepable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}
