import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { protectedTermIn } from '#domain/templates';

const root = new URL('../../../', import.meta.url).pathname;

/** Catalogues of the screens, the portal, the mails and the proofs: everything that people read in six languages. */
async function catalogues(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return catalogues(path);
      return /texts\/[a-z]{2}\.json$/.test(path) ? [path] : [];
    }),
  );
  return found.flat();
}

test('no text that people read calls anything of ours by the name of a qualified or state service', async () => {
  const files = await catalogues(join(root, 'src'));
  assert.ok(files.length >= 30, `only ${files.length} catalogues were found`);
  for (const file of files) {
    const texts = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    for (const [key, text] of Object.entries(texts))
      if (typeof text === 'string') assert.equal(protectedTermIn(text, 'any'), null, `${file}: ${key}`);
  }
});

test('nor does the documentation', async () => {
  const names = (await readdir(join(root, 'docs'))).filter((name) => name.endsWith('.md'));
  for (const name of [...names.map((one) => `docs/${one}`), 'README.md'])
    assert.equal(protectedTermIn(await readFile(join(root, name), 'utf8'), 'any'), null, name);
});

test('an Italian text may give its own certified address, and may not say that it comes by such a mail', () => {
  for (const text of [
    'PEC: x@pec.example',
    'La nostra PEC è fatture@pec.rossi.example, telefono 02 1234',
    'Rossi srl, PEC aziendale: mario.rossi@pec.rossi.example',
    'Codice SDI ABC1234 o indirizzo PEC (x@pec.example)',
  ])
    assert.equal(protectedTermIn(text, 'any'), null, text);
  for (const text of [
    'Inviata via PEC',
    'Le scriviamo tramite PEC x@pec.example',
    'PEC: x@pec.example, inviata per PEC',
  ])
    assert.equal(protectedTermIn(text, 'any'), 'PEC', text);
});
