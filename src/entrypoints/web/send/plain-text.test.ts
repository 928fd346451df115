import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editorHtml, plainText } from './plain-text.ts';

test('a letter reads the same in the plain field and in the editor', () => {
  const html = '<p>Dear Els &amp; Jan,</p>\n<p>one<br />two</p><ul><li>a</li><li>b</li></ul>';
  assert.equal(plainText(html), 'Dear Els & Jan,\n\none\ntwo\n\n- a\n- b');
  assert.equal(editorHtml('<p>a</p>\n<p>b</p>'), '<div>a<br /><br />b</div>');
});
