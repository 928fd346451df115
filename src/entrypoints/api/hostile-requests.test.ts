import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { newId } from '#base/ids';
import { StorageFull } from '#stores/files';
import { formOf, type Program, testApi } from '../../../test/api.ts';
import { facturxPdf, lockedPdf } from '../../../test/fixtures/documents.ts';
import type { Route } from './route.ts';
import { allRoutes } from './routes/all-routes.ts';

const limits = { documentBytes: 200_000, extraFileBytes: 200_000 };

let api: Awaited<ReturnType<typeof testApi>>;
let program: Program;
let ids: Readonly<Record<string, string>> = {};
let broken: 'full' | 'failing' | null = null;

before(async () => {
  api = await testApi(limits, (needs) => ({
    files: {
      ...needs.files,
      put: (companyId, bytes) =>
        broken === 'full'
          ? Promise.reject(new StorageFull('/srv/secret'))
          : needs.files.put(companyId, bytes),
      get: (companyId, hash) =>
        broken === 'failing'
          ? Promise.reject(new Error('EIO /srv/secret'))
          : needs.files.get(companyId, hash),
    },
  }));
  program = await api.program();
  const form = formOf(await facturxPdf(), { dispatch: { to: ['els@peeters.example'] } });
  const { json } = await program.ask('POST /dispatches', form);
  ids = {
    document: json.documentIds[0],
    dispatch: json.id,
    message: json.messages[0].id,
    customer: (await program.ask('GET /customers')).json.items[0].id,
    sender: (await program.ask('GET /senders')).json.items[0].id,
  };
});
after(() => api.close());

const now = new Date('2026-11-22T12:00:00Z');
const routes = allRoutes({ next: () => Promise.resolve() }).filter(
  (route) => !/test|validate/.test(route.path),
);
const pathOf = (route: Route): string =>
  route.path.replace('{id}', route.id ? (ids[route.id] ?? newId(route.id, now)) : '');

/** Names that the calls know, so that random bodies get further than the first check. */
const names = fc.constantFrom(
  ...'to cc bcc documentId documentIds subject text html attach documents fileIds sendAt metadata facts customer emails kind total paid on amount name contacts email roles settings host security method address reason as defaultCc fileNamePatterns invoice en vatId language'.split(
    ' ',
  ),
);
const awkward = fc.constantFrom<unknown>(
  '\0',
  '\ud800',
  'a\r\nBcc: x@y.example',
  '{{ number }}',
  '2026-02-30',
  '9'.repeat(400),
  '__proto__',
  'doc_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B',
  'a@b.example',
  -1,
  1e308,
  2 ** 53,
  null,
  [],
  {},
);
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    awkward,
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.boolean(),
    fc.double(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(names, fc.string({ maxLength: 5 })), tie('value'), { maxKeys: 6 }),
  ),
})).value;

describe('whatever comes', () => {
  test('random JSON to any call is answered with a status below 500', async () => {
    const writing = routes.filter((route) => route.body?.json);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...writing), anything, async (route, body) => {
        const sent = JSON.stringify(body) ?? 'null';
        const answer = await program.ask(`${route.method.toUpperCase()} ${pathOf(route)}`, sent, {
          'content-type': 'application/json',
        });
        assert.ok(answer.status < 500, `${route.path} ${answer.status} for ${sent}`);
      }),
      { numRuns: 400 },
    );
  });

  test('fields of the right type with hostile contents are answered with a status below 500', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      awkward.filter((value) => typeof value === 'string'),
      fc.constantFrom(
        '',
        ' ',
        'Els <els@peeters.example>',
        '\u202e.exe',
        '{% for a in (1..9999999) %}x{% endfor %}',
      ),
    );
    const value = fc.oneof(text, fc.array(text, { maxLength: 2 }), fc.dictionary(text, text, { maxKeys: 2 }));
    const sendable = { documentId: ids['document'], to: ['els@peeters.example'] };
    const targets: readonly (readonly [string, object, string])[] = [
      [
        'POST /dispatches',
        sendable,
        'to cc subject text html fromName replyTo externalId metadata attach sendAt',
      ],
      [
        `PATCH /documents/${ids['document']}`,
        {},
        'number issueDate currency total customer paid remindersPausedUntil',
      ],
      [`PATCH /customers/${ids['customer']}`, {}, 'name vatId country language defaultCc'],
      ['PATCH /company', {}, 'name address country vatId timeZone brandColor defaultCc fileNamePatterns'],
      [`PATCH /senders/${ids['sender']}`, {}, 'name address replyTo'],
    ];
    const asked = fc
      .constantFrom(...targets)
      .chain(([call, base, fields]) =>
        fc
          .tuple(fc.constantFrom(...fields.split(' ')), value)
          .map(([field, given]) => [call, { ...base, [field]: given }] as const),
      );
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(asked, async ([call, body]) => {
        const answer = await program.ask(call, body);
        seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
        assert.ok(answer.status < 500, `${call} ${answer.status} for ${JSON.stringify(body)}`);
      }),
      { numRuns: 500 },
    );
    assert.ok(
      [200, 202, 422].every((status) => (seen.get(status) ?? 0) > 10),
      JSON.stringify([...seen]),
    );
  });

  test('random queries to any list are answered with a status below 500', async () => {
    const lists = routes.filter((route) => route.query);
    const query = fc.dictionary(
      fc.constantFrom(
        ...'limit cursor after q from to kind delivery engagement recipient envelope paid x'.split(' '),
      ),
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.constantFrom('0', '-1', '1e9', '2026-11-22', 'W10', 'eyJ9', 'accepted,x', '%'),
      ),
      { maxKeys: 4 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...lists), query, async (route, given) => {
        const text = new URLSearchParams(given).toString().replace(/(^|&)wait=/g, '$1x=');
        const answer = await program.ask(`GET ${pathOf(route)}?${text}`);
        assert.ok(answer.status < 500, `${route.path}?${text}`);
      }),
      { numRuns: 200 },
    );
  });

  test('random bytes as a form or file are answered with a status below 500', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, asForm) => {
        const answer = asForm
          ? await program.ask('POST /documents', Buffer.from(bytes).toString('latin1'), {
              'content-type': 'multipart/form-data; boundary=x',
            })
          : await program.ask('POST /documents', formOf(bytes));
        assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status));
      }),
      { numRuns: 60 },
    );
  });

  test('deep nesting, ids of another form and strange cursors are refused, not obeyed', async () => {
    const deep = `{"metadata":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    const json = { 'content-type': 'application/json' };
    assert.equal((await program.ask('POST /dispatches', deep, json)).status, 422);
    for (const id of ['doc_1', '%00', '..%2F..', 'msg_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B', "doc_' or 1=1--"])
      assert.equal((await program.ask(`GET /documents/${id}`)).status, 404, id);
    for (const cursor of [
      'x',
      Buffer.from('[1,"x"]').toString('base64url'),
      Buffer.from('[1e400,"a"]').toString('base64url'),
    ])
      assert.equal(
        (await program.ask(`GET /documents?cursor=${cursor}`)).json.code,
        'invalid_request',
        cursor,
      );
  });
});

describe('what is too large or of another type', () => {
  test('is refused before it is read when the length is announced, and while it is read when not', async () => {
    const big = formOf(Buffer.alloc(2_000_000, 1));
    assert.equal((await program.ask('POST /documents', big)).json.code, 'too_large');
    let pulled = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const answer = await api.app.request('/api/v1/customers', {
      method: 'POST',
      headers: { authorization: `Bearer ${program.key}`, 'content-type': 'application/json' },
      body: endless,
      duplex: 'half',
    } as RequestInit);
    assert.equal(answer.status, 413);
    assert.ok(pulled < 40, `${pulled} blocks were read`);
  });

  test('a file over the limit inside a form that is not is refused too', async () => {
    const answer = await program.ask(
      'POST /documents',
      formOf(Buffer.concat([await facturxPdf(), Buffer.alloc(250_000)])),
    );
    assert.equal(answer.status, 413);
    const extra = await program.ask('POST /files', formOf(Buffer.alloc(250_000, 1), {}, 'a.bin'));
    assert.equal(extra.status, 413);
  });

  test('a form with ten thousand parts is refused at once', async () => {
    const part = '--boundary\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n';
    const begun = performance.now();
    const answer = await program.ask('POST /documents', `${part.repeat(10_000)}--boundary--\r\n`, {
      'content-type': 'multipart/form-data; boundary=boundary',
    });
    assert.equal(answer.status, 400);
    assert.ok(performance.now() - begun < 20_000);
  });

  test('is named by its type', async () => {
    const asText = await program.ask('POST /customers', 'name=A', { 'content-type': 'text/plain' });
    assert.equal(asText.json.code, 'unsupported_media_type');
    const asForm = await program.ask('POST /customers', formOf(Buffer.from('x')));
    assert.equal(asForm.json.code, 'unsupported_media_type');
    const asJson = await program.ask('POST /documents', { file: 'x' });
    assert.equal(asJson.json.code, 'unsupported_media_type');
    const broken = await program.ask('POST /customers', '{"name":', { 'content-type': 'application/json' });
    assert.deepEqual([broken.status, broken.json.code], [400, 'invalid_request']);
  });
});

describe('a form', () => {
  const partOf = (head: string, content: string): string => `--b\r\n${head}\r\n\r\n${content}\r\n--b--\r\n`;
  const type = { 'content-type': 'multipart/form-data; boundary=b' };

  test('names its file in any of the ways that clients know', async () => {
    const forms = [
      'Content-Disposition: form-data; name="file"; filename="Größe.txt"',
      `Content-Disposition: form-data; name="file"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.txt`,
      'Content-Type: text/plain\r\nContent-Disposition: form-data; name="file"; filename="Größe.txt"',
    ];
    for (const head of forms) {
      const answer = await program.ask('POST /files', partOf(head, 'content'), type);
      assert.equal(answer.status, 201, answer.text);
      assert.equal(answer.json.fileName, 'Größe.txt');
    }
    const bare = 'Content-Disposition: form-data; name=file; filename=terms.txt';
    assert.equal(
      (await program.ask('POST /files', partOf(bare, 'content'), type)).json.fileName,
      'terms.txt',
    );
  });

  test('says what is missing, doubled or no JSON', async () => {
    const none = await program.ask('POST /documents', formOf(await facturxPdf(), { facts: '{"kind"' }));
    assert.equal(none.json.errors[0].path, 'facts');
    const form = new FormData();
    form.set('facts', '{}');
    assert.deepEqual((await program.ask('POST /documents', form)).json.errors, [
      { path: 'file', message: 'This must be a file: a part with a file name.' },
    ]);
    const twice = formOf(await facturxPdf());
    twice.append('facts', '{}');
    twice.append('facts', '{}');
    assert.match((await program.ask('POST /documents', twice)).json.errors[0].message, /twice/);
  });
});

describe('a document that cannot be read', () => {
  const cases: readonly (readonly [string, () => Promise<Uint8Array> | Uint8Array, RegExp])[] = [
    ['empty', () => Buffer.alloc(0), /empty/],
    ['a picture', () => Buffer.from('89504e470d0a1a0a', 'hex'), /neither a PDF nor an invoice in XML/],
    ['protected', () => lockedPdf(), /protected by a password/],
    ['cut off', async () => (await facturxPdf()).subarray(0, 300), /damaged/],
    ['other XML', () => Buffer.from('<html/>'), /neither a PDF nor an invoice/],
    ['with entities', () => Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), /entities/],
  ];
  for (const [name, bytes, words] of cases) {
    test(`says why: ${name}`, async () => {
      const answer = await program.ask('POST /documents', formOf(await bytes()));
      assert.equal(answer.status, 422);
      assert.equal(answer.json.code, 'unreadable_document');
      assert.match(answer.json.detail, words);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    });
  }
});

describe('when something breaks here', () => {
  after(() => {
    broken = null;
  });

  test('a full disk is said, with the step that helps, and an idempotency key is free again', async () => {
    broken = 'full';
    const key = { 'idempotency-key': 'disk' };
    const form = () => formOf(Buffer.from('terms'), {}, 'terms.txt');
    const answer = await program.ask('POST /files', form(), key);
    assert.deepEqual([answer.status, answer.json.code], [507, 'storage_full']);
    broken = null;
    assert.equal((await program.ask('POST /files', form(), key)).status, 201);
  });

  test('nothing of it is told to the asker', async () => {
    broken = 'failing';
    const answer = await program.ask(`GET /documents/${ids['document']}/file`);
    assert.deepEqual([answer.status, answer.json.code], [500, 'internal_error']);
    assert.doesNotMatch(answer.text, /secret|EIO/);
  });
});
