import { findPartner, type NetworkTables, type Partner } from '#domain/network';
import type { Tx } from '#stores/database';
import type { Channel } from './dispatch.ts';
import type { DispatchProblem, DispatchRequest } from './dispatch-request.ts';
import type { Draft } from './draft.ts';

type About = Pick<Draft, 'documents' | 'customer' | 'addressees' | 'service' | 'purpose' | 'sender'>;

interface Ways {
  readonly partner: Partner | null;
  readonly channels: readonly Channel[];
  /** Whether a problem with the recipients matters: without a mail nobody has to be named. */
  readonly concerns: (problem: DispatchProblem) => boolean;
}

/** By which ways it goes: as asked; else by mail, and by the network too where the customer is found there. */
export async function chooseChannels(
  tx: Tx<NetworkTables>,
  request: Pick<DispatchRequest, 'companyId' | 'channels'>,
  about: About,
): Promise<Ways> {
  const partner = await partnerOf(tx, request.companyId, about);
  // A corrected address is about the mail alone; the document was handed over before.
  const usual: Channel[] = partner && about.purpose !== 'resend' ? ['email', 'network'] : ['email'];
  const channels = request.channels ? [...new Set(request.channels)] : usual;
  const isMail = channels.includes('email');
  return { partner, channels, concerns: ({ reason }) => isMail || reason !== 'recipient_missing' };
}

/** Nothing leaves the sandbox, by no way; and what opens behind a code is not handed over without one. */
async function partnerOf(tx: Tx<NetworkTables>, companyId: string, about: About): Promise<Partner | null> {
  const { documents, customer, addressees, service, sender } = about;
  if (service !== 'standard' || !sender || sender.method === 'sandbox') return null;
  return findPartner(tx, {
    companyId,
    vatId: documents[0]?.buyerVatId ?? customer?.vatId ?? null,
    addresses: addressees.filter((one) => one.role === 'to').map((one) => one.address),
  });
}
