import type { z } from '@hono/zod-openapi';
import { type Refusal, refuseFields } from './answer.ts';
import type { FieldError } from './problems.ts';

const mostErrors = 20;

/** Reads a value by its schema; refuses it with a sentence for each field that is wrong. */
export function readWith<Output>(
  schema: z.ZodType<Output>,
  value: unknown,
): { readonly ok: true; readonly value: Output } | { readonly ok: false; readonly refusal: Refusal } {
  const read = schema.safeParse(value, { reportInput: true });
  if (read.success) return { ok: true, value: read.data };
  return { ok: false, refusal: refuseFields(read.error.issues.slice(0, mostErrors).flatMap(errorsOf)) };
}

type Issue = z.core.$ZodIssue;

function errorsOf(issue: Issue): FieldError[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, mostErrors).map((key) => ({
      path: [...path, key.slice(0, 100)].join('.'),
      message: 'There is no field of this name here.',
    }));
  return [{ path: path.join('.'), message: messageOf(issue) }];
}

function messageOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'This field is missing.'
        : `This must be ${article(issue.expected)}.`;
    case 'invalid_format':
      return formats[issue.format] ?? sentence(issue.message);
    case 'invalid_value':
      return `This must be one of: ${issue.values.map(String).join(', ')}.`;
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `This may be ${issue.maximum} at most.`
        : `This may have ${issue.maximum} ${unitOf(issue.origin)} at most.`;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `This must be ${issue.minimum} at least.`
        : `This must have ${issue.minimum} ${unitOf(issue.origin)} at least.`;
    default:
      return sentence(issue.message);
  }
}

const formats: Readonly<Record<string, string>> = {
  date: 'This must be a day of the calendar as YYYY-MM-DD.',
  datetime: 'This must be a time with its zone, for example "2026-12-24T09:00:00+01:00".',
};

function sentence(message: string): string {
  return message.endsWith('.') ? message : `${message}.`;
}

function unitOf(origin: string): string {
  return origin === 'array' ? 'entries' : origin === 'string' ? 'characters' : 'parts';
}

function article(expected: string): string {
  const name = expected === 'record' ? 'object' : expected === 'int' ? 'integer' : expected;
  return /^[aeio]/.test(name) ? `an ${name}` : `a ${name}`;
}
