import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fillBody } from './text-message.ts';

test('number and words fill a form or a JSON value, and end nothing there whatever they hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (to, text) => {
      const form = new URLSearchParams(fillBody('To={to}&From=+32&Body=Envoi: {text}', { to, text }));
      assert.deepEqual(
        [...form],
        [
          ['To', to],
          ['From', '+32'],
          ['Body', `Envoi: ${text}`],
        ],
      );
      const json = fillBody('{"to": ["{to}"], "text": "{text}", "ttl": 600}', { to, text });
      assert.deepEqual(JSON.parse(json), { to: [to], text, ttl: 600 });
    }),
  );
});

test('what only looks like a placeholder stays', () => {
  assert.equal(fillBody('a={from}&b={to}', { to: '{text}', text: 'x' }), 'a=%7Bfrom%7D&b=%7Btext%7D');
});
