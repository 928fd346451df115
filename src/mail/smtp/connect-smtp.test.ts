import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { before, test } from 'node:test';
import {
  makeAuthority,
  makeSelfSigned,
  type RudeOptions,
  type RudeRule,
  startRudeServer,
  type TestAuthority,
  type TestCertificate,
} from '../../../test/servers/index.ts';
import { type ConnectResult, connectSmtp, type SmtpOptions, type TraceEntry } from './index.ts';

let authority: TestAuthority;
const certificates: Record<string, TestCertificate> = {};

before(async () => {
  authority = await makeAuthority();
  certificates['good'] = await authority.issue({ names: ['localhost', '127.0.0.1'] });
  certificates['other'] = await authority.issue({ names: ['mail.other.test'] });
  certificates['expired'] = await authority.issue({ names: ['localhost', '127.0.0.1'], expired: true });
  certificates['selfSigned'] = await makeSelfSigned({ names: ['localhost', '127.0.0.1'] });
});

/** certificate of the server · options of the client · what comes of it: `tls`, `plain`, or step and problem. */
const tlsCases: readonly [string, Partial<SmtpOptions>, string][] = [
  ['good', { security: 'starttls' }, 'tls'],
  ['good', { security: 'opportunistic' }, 'tls'],
  ['good', { security: 'none' }, 'plain'],
  ['other', { security: 'starttls' }, 'tls certificate_name'],
  ['other', { security: 'starttls', serverName: 'mail.other.test' }, 'tls'],
  ['expired', { security: 'starttls' }, 'tls certificate_expired'],
  ['selfSigned', { security: 'starttls' }, 'tls certificate_invalid'],
  ['selfSigned', { security: 'starttls', verifyCertificate: false }, 'tls'],
  ['selfSigned', { security: 'opportunistic' }, 'tls'],
  ['selfSigned', { security: 'opportunistic', verifyCertificate: true }, 'tls certificate_invalid'],
  ['selfSigned', { security: 'opportunistic', auth: { user: 'u', secret: 's' } }, 'tls certificate_invalid'],
  ['none', { security: 'opportunistic' }, 'plain'],
  ['none', { security: 'starttls' }, 'tls tls_not_offered'],
  ['none', { security: 'implicit' }, 'tls tls_wrong_mode'],
];

for (const mode of ['starttls', 'implicit'] as const)
  for (const [name, wanted, expected] of tlsCases) {
    if (mode === 'implicit' && (name === 'none' || wanted.security !== 'starttls')) continue;
    const security = mode === 'implicit' ? 'implicit' : wanted.security;
    test(`${mode}: a ${name} certificate with ${JSON.stringify({ ...wanted, security })}: ${expected}`, async () => {
      const certificate = certificates[name];
      const { result, close } = await connectTo([], certificate ? { tls: { ...certificate, mode } } : {}, {
        ...wanted,
        security,
      });
      assert.equal(summary(result), expected);
      const tls = result.ok ? result.connection.tls : result.outcome.tls;
      if (expected.startsWith('tls') && certificate) {
        assert.match(tls?.protocol ?? '', /^TLSv1\.[23]$/);
        assert.equal(tls?.authorized, name === 'good' || (name === 'other' && expected === 'tls'));
        assert.match(tls?.fingerprint256 ?? '', /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
        assert.deepEqual(tls?.names, name === 'other' ? ['mail.other.test'] : ['localhost', '127.0.0.1']);
      }
      if (!result.ok) assert.equal(result.outcome.kind, 'temporary', 'TLS gets repaired');
      await close();
    });
  }

test('what is said in the clear after STARTTLS is never taken for an answer', async () => {
  const injection: RudeRule = { at: 'starttls', raw: '220 Ready\r\n250-evil\r\n250 AUTH PLAIN\r\n' };
  const tls = { ...(certificates['good'] as TestCertificate), mode: 'starttls' } as const;
  const auth = { user: 'u', secret: 'very secret' };
  const { result, server, close } = await connectTo(
    [injection],
    { tls, users: { u: 's' } },
    { security: 'starttls', auth },
  );
  assert.equal(summary(result), 'tls protocol_error');
  await close();
  assert.ok(!server.lines.some((line) => line.startsWith('AUTH')), 'no secret was said');
});

test('a STARTTLS that is refused or fails stops those who insist, and nobody else', async () => {
  const refused: RudeRule = { at: 'starttls', reply: '454 4.7.0 TLS not available' };
  const broken: RudeRule = { at: 'starttls', raw: '220 Ready\r\n', hangUp: 'close' };
  const tls = { ...(certificates['good'] as TestCertificate), mode: 'starttls' } as const;
  for (const [rule, problem, why] of [
    [refused, 'tls_not_offered', 'refused'],
    [broken, 'tls_failed', 'failed'],
  ] as const) {
    const strict = await connectTo([rule], { tls }, { security: 'starttls' });
    assert.equal(summary(strict.result), `tls ${problem}`);
    await strict.close();
    const lax = await connectTo([rule], { tls }, { security: 'opportunistic' });
    assert.equal(summary(lax.result), 'plain');
    assert.ok(lax.result.ok);
    const outcome = await lax.result.connection.deliver(mail, { beforeDot: () => Promise.resolve() });
    assert.equal(outcome.tlsGivenUp?.why, why);
    if (why === 'refused') assert.equal(outcome.tlsGivenUp.said, '454 4.7.0 TLS not available');
    else assert.ok(outcome.tlsGivenUp.said);
    await lax.close();
  }
});

const users = { 'jörg@shop.test': 'pässword', token: 'ya29.token' };

for (const method of ['PLAIN', 'LOGIN', 'CRAM-MD5', 'XOAUTH2'] as const)
  test(`AUTH ${method} lets the right secret in and calls the wrong one wrong`, async () => {
    const trace: TraceEntry[] = [];
    const auth = { user: 'jörg@shop.test', methods: [method] };
    const options = { trace: (entry: TraceEntry) => trace.push(entry) };
    const right = await connectTo([], { users }, { ...options, auth: { ...auth, secret: 'pässword' } });
    assert.equal(summary(right.result), 'plain');
    await right.close();
    const wrong = await connectTo([], { users }, { ...options, auth: { ...auth, secret: 'nonsense' } });
    assert.equal(summary(wrong.result), `auth ${method === 'XOAUTH2' ? 'token_refused' : 'wrong_password'}`);
    assert.ok(!wrong.result.ok && wrong.result.outcome.kind === 'permanent' && wrong.result.outcome.reply);
    await wrong.close();
    const said = trace.map((entry) => entry.text).join('\n');
    // What the challenge of a refusal says is told, because the 535 after it does not.
    if (method === 'XOAUTH2') assert.match(said, /the token was refused: status 401/);
    for (const secret of ['pässword', 'nonsense'])
      for (const form of [
        secret,
        Buffer.from(secret).toString('base64'),
        Buffer.from(`\0${auth.user}\0${secret}`).toString('base64'),
      ])
        assert.ok(!said.includes(form), 'no secret in the transcript');
  });

/** What the server says to AUTH · what comes of it. */
const authCases: readonly [string, string, 'temporary' | 'permanent'][] = [
  ['535 5.7.8 Username and Password not accepted', 'wrong_password', 'permanent'],
  [
    '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled',
    'submission_disabled',
    'permanent',
  ],
  [
    '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.',
    'auth_disabled',
    'permanent',
  ],
  ['534 5.7.9 Application-specific password required', 'app_password_needed', 'permanent'],
  ['454 4.7.0 Temporary authentication failure', 'server_busy', 'temporary'],
  ['454 4.7.0 Too many login attempts, please try again later', 'rate_limited', 'temporary'],
  ['421 4.7.0 Too many errors', 'rate_limited', 'temporary'],
  ['538 5.7.11 Encryption required', 'auth_needs_tls', 'permanent'],
  ['500 5.5.2 what?', 'auth_refused', 'permanent'],
];

for (const [reply, problem, kind] of authCases)
  test(`"${reply}" to AUTH: ${problem}`, async () => {
    const { result, close } = await connectTo(
      [{ at: 'auth', reply }],
      { users },
      { auth: { user: 'u', secret: 's' } },
    );
    assert.equal(summary(result), `auth ${problem}`);
    assert.equal(!result.ok && result.outcome.kind, kind);
    await close();
  });

test('a method that the server takes back is followed by the next one', async () => {
  const rule: RudeRule = { at: 'auth', when: /CRAM/, reply: '504 5.5.4 not today' };
  const auth = { user: 'jörg@shop.test', secret: 'pässword' };
  const { result, close } = await connectTo([rule], { users }, { auth });
  assert.equal(summary(result), 'plain');
  await close();
});

test('no login offered, or only unknown methods: auth_not_offered', async () => {
  const auth = { user: 'u', secret: 's' };
  for (const options of [{}, { capabilities: ['AUTH NTLM GSSAPI'] }]) {
    const { result, close } = await connectTo([], options, { auth });
    assert.equal(summary(result), 'auth auth_not_offered');
    await close();
  }
});

test('nobody there: refused, unknown name, unanswering resolver', async () => {
  const { server, close } = await connectTo([], {}, {});
  await close();
  const gone = await connectSmtp(optionsFor(server.port));
  assert.equal(summary(gone), 'connect connection_refused');
  const lookup = (code: string): SmtpOptions['lookup'] => {
    return (_host, _options, done) => done(Object.assign(new Error(code), { code }), '', 4);
  };
  const named = { ...optionsFor(25), host: 'mail.nowhere.test', isNameAbsent: () => Promise.resolve(true) };
  const absent = await connectSmtp({ ...named, lookup: lookup('ENOTFOUND') });
  assert.equal(summary(absent), 'connect host_not_found');
  assert.equal(!absent.ok && absent.outcome.kind, 'permanent');
  const offline = { ...named, lookup: lookup('ENOTFOUND'), isNameAbsent: () => Promise.resolve(false) };
  const unsure = await connectSmtp(offline);
  assert.equal(
    !unsure.ok && unsure.outcome.kind,
    'temporary',
    'only a DNS server can say that a name is gone',
  );
  const failing = await connectSmtp({ ...named, lookup: lookup('EAI_AGAIN') });
  assert.equal(summary(failing), 'connect dns_failed');
  assert.equal(!failing.ok && failing.outcome.kind, 'temporary');
});

test('names that cannot be names and certificates that cannot be read are answers, too', async () => {
  for (const host of ['', 'two words', 'mail.test\r\nQUIT', 'x'.repeat(300)]) {
    const result = await connectSmtp({ ...optionsFor(25), host });
    assert.equal(summary(result), 'connect host_not_found');
  }
  const tls = { ...(certificates['good'] as TestCertificate), mode: 'starttls' } as const;
  const ca = '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n';
  const { result, close } = await connectTo([], { tls }, { security: 'starttls', ca });
  assert.match(summary(result), /^tls (tls_failed|certificate_invalid)$/);
  await close();
  await assert.rejects(connectSmtp({ ...optionsFor(25), helloName: 'a b' }), RangeError);
  await assert.rejects(connectSmtp({ ...optionsFor(70_000) }), RangeError);
});

test('no secret leaves this machine unencrypted, unless that is explicitly allowed', async (t) => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((face) => face && face.family === 'IPv4' && !face.internal)?.address;
  if (!outside) return t.skip('this machine has no address but loopback');
  const server = await startRudeServer([], { users, host: '0.0.0.0' });
  const auth = { user: 'token', secret: 'ya29.token' };
  const options = { ...optionsFor(server.port), host: outside };
  const refused = await connectSmtp({ ...options, security: 'opportunistic', auth });
  assert.equal(summary(refused), 'auth auth_needs_tls');
  assert.equal(!refused.ok && refused.outcome.kind, 'permanent');
  assert.ok(!server.lines.some((line) => line.startsWith('AUTH')));
  const allowed = await connectSmtp({ ...options, auth: { ...auth, allowPlaintext: true } });
  assert.equal(summary(allowed), 'plain');
  if (allowed.ok) await allowed.connection.quit();
  await server.close();
});

const mail = { from: 'a@b.test', to: 'c@d.test', chunks: [Buffer.from('Subject: x\r\n\r\ny\r\n')] };

function optionsFor(port: number): SmtpOptions {
  const timeouts = { greeting: 2000, hello: 2000, tls: 2000, auth: 2000 };
  return { host: '127.0.0.1', port, security: 'none', helloName: 'client.test', ca: authority.ca, timeouts };
}

async function connectTo(script: readonly RudeRule[], server: RudeOptions, client: Partial<SmtpOptions>) {
  const started = await startRudeServer(script, server);
  const result = await connectSmtp({ ...optionsFor(started.port), ...client });
  const close = async (): Promise<void> => {
    if (result.ok) await result.connection.quit();
    await started.close();
  };
  return { result, server: started, close };
}

function summary(result: ConnectResult): string {
  if (!result.ok) return `${result.outcome.step} ${result.outcome.problem}`;
  return result.connection.tls ? 'tls' : 'plain';
}
