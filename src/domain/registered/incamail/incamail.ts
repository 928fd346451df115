import type { Fact } from '#domain/evidence';
import type { LetterMarking } from '#domain/outbox';
import type { NewDeliveries } from '../open-deliveries.ts';
import type { RegisteredProvider, Status } from '../provider.ts';
import { type ProviderService, providerServices, type SaidBy } from '../provider-service.ts';
import { insertProviderDeliveries, selectAccount, selectProviderDeliveries } from '../provider-table.ts';
import type { IncamailAccount } from './account.ts';

// Swiss Post, IncaMail online help ("registered", "sending"): 7 days to accept or refuse; 30 MB, of which encryption may take half.
const windowDays = 7;
export const usualMostBytes = 30 * 2 ** 20;
/** Swiss Post, IncaMail add-in for mail programs: `<c>` confidential, `<p>` personal, `<r>` registered, at the head of the subject. */
const prefixes: Readonly<Record<ProviderService, string>> = {
  incamail_confidential: '<c> ',
  incamail_personal: '<p> ',
  incamail_registered: '<r> ',
};

/** How a mail tells IncaMail what it is, as the company's contract has it. */
export function markingFor(
  account: Pick<IncamailAccount, 'marking' | 'headerName' | 'suffix'>,
  service: ProviderService,
): LetterMarking {
  const { marking, headerName: name, suffix } = account;
  return {
    prefix: marking === 'subject' ? prefixes[service] : '',
    suffix,
    headers: marking === 'header' ? [{ name, value: service.slice('incamail_'.length) }] : [],
  };
}

/** IncaMail of Swiss Post: mails go out by its server, marked; receipts come back as signed PDFs in ordinary mails. */
export const incamail: RegisteredProvider<ProviderService> = {
  name: 'incamail',
  capabilities: async (tx, companyId) => {
    const account = await selectAccount(tx, companyId, 'incamail');
    if (!account?.is_active) return null;
    return {
      services: servicesWith(account.marking),
      mostBytes: account.max_bytes,
      window: windowDays,
      needsConsent: true,
      mayAcceptItself: true,
    };
  },
  submit: submitMessages,
  statusOf: async (tx, { companyId, messageId }) => {
    const [delivery] = await selectProviderDeliveries(tx, companyId, { messageId });
    if (!delivery) return null;
    return { standing: delivery.state, by: byOf[delivery.said_by] };
  },
};

const byOf: Readonly<Record<SaidBy, Status['by']>> = {
  nobody: 'nobody',
  signed: 'receipt',
  unsigned: 'receipt',
  message: 'own_record',
};

/** What a company can ask for: without a marking nothing tells IncaMail that a mail is more than confidential, which is what the ending of addresses makes it. */
function servicesWith(marking: IncamailAccount['marking']): readonly ProviderService[] {
  return marking === 'none' ? ['incamail_confidential'] : providerServices;
}

async function submitMessages(
  tx: Parameters<RegisteredProvider['submit']>[0],
  { messages, service, documentIds }: NewDeliveries<ProviderService>,
  now: Date,
): Promise<Fact[]> {
  await insertProviderDeliveries(
    tx,
    messages.map((message) => ({
      message_id: message.id,
      company_id: message.companyId,
      dispatch_id: message.dispatchId,
      document_ids: [...documentIds],
      provider: 'incamail',
      service,
      address: message.address,
      state: 'waiting',
      state_at: now,
      said_by: 'nobody',
      created_at: now,
    })),
  );
  return messages.map(({ companyId, dispatchId, id: messageId }) => ({
    ...{ type: 'provider.chosen', companyId, dispatchId, messageId, at: now, actor: 'system' },
    documentId: documentIds[0] ?? null,
    data: { provider: 'incamail', service },
  }));
}
