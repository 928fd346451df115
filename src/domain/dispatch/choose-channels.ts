import { type Found, findPartners, type NetworkTables, type Partner } from '#domain/network';
import type { Tx } from '#stores/database';
import type { Channel } from './dispatch.ts';
import type { DispatchProblem, DispatchRequest } from './dispatch-request.ts';
import type { Draft } from './draft.ts';

type About = Pick<Draft, 'service' | 'purpose' | 'sender'>;

interface Ways {
  readonly partner: Partner | null;
  readonly unreachable: string | null;
  readonly channels: readonly Channel[];
  /** Whether a problem with the recipients matters: without a mail nobody has to be named. */
  readonly concerns: (problem: DispatchProblem) => boolean;
}

/** By which ways it goes: as asked; else by mail, and by the network too where the customer was found there. */
export function chooseChannels(
  request: Pick<DispatchRequest, 'channels'>,
  about: About,
  found: Found | null,
): Ways {
  const { partner = null, unreachable = null } = (mayBeHanded(about) && found) || {};
  // A corrected address is about the mail alone; the document was handed over before.
  const usual: Channel[] = partner && about.purpose !== 'resend' ? ['email', 'network'] : ['email'];
  const channels = request.channels ? [...new Set(request.channels)] : usual;
  const isMail = channels.includes('email');
  return {
    partner,
    unreachable,
    channels,
    concerns: ({ reason }) => isMail || reason !== 'recipient_missing',
  };
}

/** Nothing leaves the sandbox, by no way; and what opens behind a code is not handed over without one. */
function mayBeHanded({ service, sender }: About): boolean {
  return service === 'standard' && sender !== null && sender.method !== 'sandbox';
}

/** The customers of these drafts as companies of the network, in their order. */
export function partnersOf(
  tx: Tx<NetworkTables>,
  companyId: string,
  drafts: readonly Pick<Draft, 'documents' | 'customer' | 'addressees'>[],
): Promise<Found[]> {
  return findPartners(
    tx,
    drafts.map(({ documents, customer, addressees }) => ({
      companyId,
      vatId: documents[0]?.buyerVatId ?? customer?.vatId ?? null,
      addresses: addressees.filter((one) => one.role === 'to').map((one) => one.address),
    })),
  );
}
