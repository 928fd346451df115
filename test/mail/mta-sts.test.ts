import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { LookupFunction } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { EvidenceTables } from '#domain/evidence';
import {
  guardedLookup,
  type HouseSender,
  noHouse,
  noLimits,
  type SenderTables,
  selfHosted,
} from '#domain/senders';
import { type LimitTables, makeTransports, type SandboxTables, type Transports } from '#domain/transports';
import { lookupWith, makeFetchStsPolicy, makeResolver } from '#mail/dns';
import type { Database } from '#stores/database';
import { testDatabase } from '../database.ts';
import {
  makeAuthority,
  type Sink,
  startDns,
  startSink,
  type TestAuthority,
  type TestDns,
} from '../servers/index.ts';

/** A domain whose server is `mx.<domain>`, and which publishes a policy. */
const policies: Readonly<Record<string, string>> = {
  'enforce.example': 'version: STSv1\r\nmode: enforce\r\nmx: mx.enforce.example\r\nmax_age: 86400\r\n',
  'testing.example': 'version: STSv1\r\nmode: testing\r\nmx: mx.testing.example\r\nmax_age: 86400\r\n',
  'other.example': 'version: STSv1\r\nmode: enforce\r\nmx: elsewhere.example\r\nmax_age: 86400\r\n',
};

let database: Database<SenderTables & EvidenceTables & SandboxTables & LimitTables>;
let authority: TestAuthority;
let dns: TestDns;
let web: Server;
let lookup: LookupFunction;
let asked: string[] = [];
const opened: Transports[] = [];

before(async () => {
  database = await testDatabase();
  authority = await makeAuthority();
  const domains = [...Object.keys(policies), 'forged.example'];
  dns = await startDns(
    domains.flatMap((name, index) => [
      [name, 'MX', `10 mx.${name}`] as const,
      [`mx.${name}`, 'A', '127.0.0.1'] as const,
      [`mta-sts.${name}`, 'A', '127.0.0.1'] as const,
      [`_mta-sts.${name}`, 'TXT', `v=STSv1; id=${index}`] as const,
    ]),
  );
  const tls = await authority.issue({ names: Object.keys(policies).map((name) => `mta-sts.${name}`) });
  web = createServer(tls, (request, response) => {
    const domain = (request.headers.host ?? '').replace(/^mta-sts\./, '').replace(/:\d+$/, '');
    asked.push(domain);
    response.setHeader('content-type', 'text/plain').end(policies[domain] ?? policies['enforce.example']);
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  lookup = guardedLookup(selfHosted, lookupWith(makeResolver({ servers: [dns.address] })));
});
after(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await new Promise((resolve) => web.close(resolve));
  await dns.close();
  await database.close();
});

const sender: HouseSender = {
  ...{ id: 'snd_1', companyId: 'com_1', method: 'domain', name: '', tls: 'opportunistic' },
  limits: noLimits,
  ...{ address: 'a@vautrin.example', replyTo: null, replyToProven: true, viaSenderId: null },
  ...{ state: 'valid', problem: null, checkedAt: null, isDefault: true, deletedAt: null },
  createdAt: new Date(0),
};

/** Sends to a domain whose server shows a certificate for this name. */
async function sendTo(domain: string, certificateFor: string) {
  const tls = { ...(await authority.issue({ names: [certificateFor] })), mode: 'starttls' as const };
  const server = await startSink({ tls });
  const { port } = web.address() as { port: number };
  const transports = makeTransports({
    providers: {},
    ...{ database, lookup, key: randomBytes(32), hostPolicy: selfHosted, helloName: 'mail.envoi.example' },
    house: { ...noHouse, delivery: { kind: 'direct', port: server.port } },
    now: () => new Date(),
    dns: makeResolver({ servers: [dns.address] }),
    fetchPolicy: makeFetchStsPolicy(lookup, port, authority.ca),
    smtp: { ca: authority.ca },
  });
  opened.push(transports);
  const bytes = Buffer.from('Subject: x\r\n\r\nx\r\n');
  const delivery = await transports.for(sender).deliver(
    {
      sender,
      messageId: 'msg_1',
      envelope: { from: sender.address, to: `els@${domain}` },
      chunks: [bytes],
      size: bytes.length,
    },
    { beforeDot: () => Promise.resolve() },
  );
  await server.close();
  return { delivery, arrived: (server as Sink).count };
}

describe('a domain that publishes how mail to it must travel (MTA-STS)', () => {
  test('gets its mail over TLS with a certificate that is good for the server that its policy names', async () => {
    const { delivery, arrived } = await sendTo('enforce.example', 'mx.enforce.example');
    assert.equal(delivery.kind, 'accepted', JSON.stringify(delivery));
    assert.equal(delivery.tls?.authorized, true);
    assert.equal(arrived, 1);
    assert.ok(asked.includes('enforce.example'), 'its policy was fetched over HTTPS');
  });

  test('gets none over a certificate for another name: the mail waits', async () => {
    const { delivery, arrived } = await sendTo('enforce.example', 'mx.attacker.example');
    assert.deepEqual([delivery.kind, arrived], ['temporary', 0]);
    assert.match(delivery.kind === 'temporary' ? delivery.problem : '', /certificate/);
  });

  test('gets none through a server that its policy does not name', async () => {
    const { delivery, arrived } = await sendTo('other.example', 'mx.other.example');
    assert.deepEqual([delivery.kind, arrived], ['temporary', 0]);
    assert.equal(delivery.kind === 'temporary' && delivery.problem, 'mta_sts_refused');
  });

  test('that is only trying it out gets its mail all the same', async () => {
    const { delivery, arrived } = await sendTo('testing.example', 'mx.attacker.example');
    assert.deepEqual([delivery.kind, arrived], ['accepted', 1]);
  });

  test('whose policy comes from a server without a good certificate is treated as if it had none', async () => {
    asked = [];
    const { delivery, arrived } = await sendTo('forged.example', 'mx.attacker.example');
    assert.deepEqual([delivery.kind, arrived, asked], ['accepted', 1, []]);
  });
});
