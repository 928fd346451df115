import type { Message } from '#domain/outbox';
import { type IncamailInput, type ProviderService, saveIncamail } from '#domain/registered';
import { inCompany } from '#stores/database';
import type { Installation } from '../src/roof/installation.ts';
import { type TestInstallation, until } from './installation.ts';
import { comeBack } from './returned-mails.ts';
import type { FakeEnding, FakeIncamail, ReceiptTwist } from './servers/index.ts';

/** Sets up the company's account with the fake and switches it on. */
export async function connectIncamail(
  installation: TestInstallation,
  fake: FakeIncamail,
  more: Partial<IncamailInput> = {},
): Promise<string> {
  const input: IncamailInput = {
    isActive: true,
    ...{ address: fake.user, user: fake.user, password: fake.password },
    ...{ host: '127.0.0.1', port: fake.smtp.port, security: 'none', verifyCertificate: true },
    ...{ marking: 'subject', headerName: '', suffix: '.incamail.ch' },
    ...{ receiptsFrom: [fake.receiptsFrom], roots: fake.root, mostBytes: 30 * 2 ** 20 },
    ...more,
  };
  const of = { companyId: installation.companyId, actor: 'user' as const, by: installation.author.id };
  const saved = await inCompany(installation.database, installation.companyId, (tx) =>
    saveIncamail(tx, installation.senders, of, input, installation.clock()),
  );
  if (!saved.ok) throw new Error(JSON.stringify(saved.problems));
  return saved.account.senderId;
}

/** Sends a new invoice through the fake, and waits until it has it. */
export async function sendByIncamail(
  installation: TestInstallation,
  to: readonly string[],
  service: ProviderService = 'incamail_registered',
): Promise<readonly Message[]> {
  const messages = await installation.send(await installation.addInvoice(), { to, service });
  await until(
    'the provider has the mails',
    async () => {
      const all = await installation.messages(messages[0]?.dispatchId ?? '');
      return all.every((one) => one.delivery === 'handed_off');
    },
    60_000,
  );
  return messages;
}

/** Puts a mail into the account's mailbox and waits until it was read, by whichever worker. */
export async function arrive(
  installation: Pick<TestInstallation, keyof Installation | 'companyId'>,
  bytes: Buffer,
): Promise<void> {
  await comeBack(installation, bytes, { senderId: null });
  await until('the mail was read', async () => {
    const { rows } = await installation.database.owner.query(
      'select 1 from returned_mails where done_at is null',
    );
    return rows.length === 0;
  });
}

/** Lets the fake tell how it ended, in a mail to the account's mailbox, and has that read. */
export async function tell(
  installation: TestInstallation,
  fake: FakeIncamail,
  of: { readonly address: string; readonly ending: FakeEnding; readonly twist?: ReceiptTwist },
): Promise<Buffer> {
  const bytes = await fake.receipt(of.address, of.ending, of.twist);
  await arrive(installation, bytes);
  return bytes;
}
