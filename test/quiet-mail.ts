import { randomBytes } from 'node:crypto';
import { type CheckDeps, noHouse, selfHosted } from '#domain/senders';
import type { Dns } from '#mail/dns';

/** A DNS that answers nothing. */
export const silentDns: Dns = {
  ask: () => Promise.resolve({ kind: 'failed', problem: 'unreachable', server: null }),
};

/** What senders need in tests of other things: no way out of the installation, and a DNS that answers nothing. */
export function quietMail() {
  const quiet: Omit<CheckDeps, 'database' | 'now'> = {
    key: randomBytes(32),
    hostPolicy: selfHosted,
    house: noHouse,
    providers: {},
    helloName: 'test.example',
    host: { name: 'mx.test.example', publicIps: [] },
    ownDns: () => silentDns,
    carry: () => Promise.reject(new Error('Nothing is carried in this test.')),
    signers: () => Promise.resolve([]),
  };
  return quiet;
}
