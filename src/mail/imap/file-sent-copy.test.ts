import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Dovecot, startDovecot } from '../../../test/servers/index.ts';
import { skipLoudly } from '../../../test/skip.ts';
import { fileSentCopy, type ImapAccess } from './index.ts';

const sentAt = new Date('2026-11-12T09:14:00Z');
const copyOf = (id: string) => ({
  bytes: Buffer.from(`From: claire@x.example\r\nMessage-ID: <${id}>\r\nSubject: Invoice\r\n\r\nGood day\r\n`),
  messageId: id,
  sentAt,
});
const accessTo = (dovecot: Dovecot, more: Partial<ImapAccess> = {}): ImapAccess => ({
  host: '127.0.0.1',
  port: dovecot.port,
  security: 'none',
  user: dovecot.user,
  secret: dovecot.password,
  verifyCertificate: true,
  ...more,
});

describe('a copy in the Sent folder', () => {
  let dovecot: Dovecot | null;
  before(async () => {
    dovecot = await startDovecot();
  });
  after(() => dovecot?.close());

  test('goes where names say so, then where the server marks it; read, once, whoever put it there', async (t) => {
    if (!dovecot) return skipLoudly(t, 'dovecot, as root');
    const access = accessTo(dovecot);
    const first = await fileSentCopy(access, copyOf('a@x.example'));
    assert.deepEqual(first, { ok: false, problem: 'no_sent_folder', answer: '' });

    await dovecot.makeFolder('Gesendet');
    assert.deepEqual(await fileSentCopy(access, copyOf('a@x.example')), {
      ok: true,
      done: 'filed',
      folder: 'Gesendet',
    });
    assert.deepEqual(await fileSentCopy(access, copyOf('a@x.example')), {
      ok: true,
      done: 'there',
      folder: 'Gesendet',
    });
    const [only, ...others] = await dovecot.files('Gesendet');
    assert.deepEqual(others, []);
    assert.match(only ?? '', /:2,.*S/, 'it is marked as read');
    assert.deepEqual(await dovecot.files(), [], 'the inbox stays as it was');

    // This server marks the folder of that name as \Sent (RFC 6154): that goes before names.
    await dovecot.makeFolder('Out of the house');
    const marked = await fileSentCopy(access, copyOf('b@x.example'));
    assert.deepEqual(marked, { ok: true, done: 'filed', folder: 'Out of the house' });
  });

  test('is not filed, with the reason, where one cannot sign in or may not go', async (t) => {
    if (!dovecot) return skipLoudly(t, 'dovecot, as root');
    const wrong = await fileSentCopy(accessTo(dovecot, { secret: 'wrong' }), copyOf('c@x.example'));
    assert.equal(!wrong.ok && wrong.problem, 'wrong_password');
    const refuse: ImapAccess['lookup'] = (_host, _options, done) =>
      done(Object.assign(new Error('host_not_allowed'), { code: 'host_not_allowed' }), '', 0);
    const inside = await fileSentCopy(
      accessTo(dovecot, { host: 'mail.inside.example', lookup: refuse }),
      copyOf('c@x.example'),
    );
    assert.equal(!inside.ok && inside.problem, 'host_not_allowed');
  });
});
