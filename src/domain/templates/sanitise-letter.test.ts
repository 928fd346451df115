import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parts, unbalanced } from './bench.test-suite.ts';
import { DOCUMENTS_PLACEHOLDER, letterHtml, letterText, sanitiseLetter } from './index.ts';

describe('a user’s text', () => {
  test('keeps its paragraphs, emphasis, lists and links as they were typed', () => {
    const html =
      '<div>Dear <strong>you</strong>,<br /><a href="https://x.example/?utm=1&amp;b=2">here</a></div><ul><li>one</li></ul>';
    assert.equal(sanitiseLetter(html), html);
    assert.match(letterText(parts({ bodyHtml: html })), /here <https:\/\/x\.example\/\?utm=1&b=2>/);
  });

  for (const evil of [
    '<script>x()</script>',
    '<img src=x onerror=x()>',
    '<a href="javascript:x()">y</a>',
    '<a href="java\nscript:x()">y</a>',
    '<a href="data:text/html,x">y</a>',
    '<a href="//evil.example">y</a>',
    '<p style="position:fixed" onclick="x()" class="btn" id="a">y</p>',
    '<iframe src="https://evil.example"></iframe><object data=x></object><embed src=x>',
    '<form action="https://evil.example"><input name=a></form>',
    '<svg><script>x()</script></svg><math><mtext><style>x</style></mtext></math>',
    '<style>body{display:none}</style><link rel=stylesheet href=x><meta http-equiv=refresh content=0>',
    '<figure data-trix-attachment="{}"><img src="x"></figure>',
  ])
    test(`loses ${evil.slice(0, 40)}`, () => {
      const clean = sanitiseLetter(`<p>kept</p>${evil}`);
      assert.match(clean, /^<p>kept<\/p>/);
      assert.doesNotMatch(clean, /x\(\)|evil|javascript|style|class|id=|on\w+=|<(?!\/?(p|a|br|div)\b)/i);
    });

  test('of any bytes becomes clean HTML, twice the same, or is refused for its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const clean = sanitiseLetter(text);
        assert.equal(sanitiseLetter(clean), clean);
        assert.deepEqual(unbalanced(clean), []);
      }),
      { numRuns: 500 },
    );
    assert.throws(() => sanitiseLetter('x'.repeat(50_001)), RangeError);
  });

  test('nested a thousand times does no harm', () => {
    const deep = '<div>'.repeat(5000) + DOCUMENTS_PLACEHOLDER + '</div>'.repeat(1000);
    assert.ok(letterHtml(parts({ bodyHtml: sanitiseLetter(deep) })).length < 20_000);
  });
});
