import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from '@hono/zod-openapi';
import { readWith } from './read-with.ts';
import { newDispatch } from './shapes/dispatch.ts';

const shape = z.strictObject({
  total: z.string(),
  to: z.array(z.string()),
  paid: z.object({ on: z.string() }).nullable(),
});

test('a field of a wrong type is said to be that, and a missing one to be missing', () => {
  assert.deepEqual(errorsOf(shape, { total: 12.5, to: 'a@b.example' }), [
    ['total', 'This must be a string.'],
    ['to', 'This must be an array.'],
    ['paid', 'This field is missing.'],
  ]);
  assert.deepEqual(errorsOf(shape, { total: '1', to: [], paid: true }), [
    ['paid', 'This must be an object.'],
  ]);
});

test('what a value must look like is said with an example', () => {
  const body = { documentId: 'doc_1', to: ['a@b.example'], sendAt: 'tomorrow' };
  assert.deepEqual(errorsOf(newDispatch, body), [
    ['sendAt', 'This must be a time with its zone, for example "2026-12-24T09:00:00+01:00".'],
  ]);
});

function errorsOf(schema: z.ZodType, value: unknown): (readonly [string, string])[] {
  const read = readWith(schema, value);
  assert.ok(!read.ok);
  const { errors } = read.refusal as unknown as { errors: { path: string; message: string }[] };
  return errors.map(({ path, message }) => [path, message]);
}
