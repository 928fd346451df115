import type { Fact } from '#domain/evidence';
import type { Tx } from '#stores/database';
import type { Service } from './delivery.ts';
import type { RegisteredTables } from './delivery-table.ts';
import type { NewDeliveries } from './open-deliveries.ts';
import type { ProviderName, ProviderService, Standing } from './provider-service.ts';

/** What a provider can do for a company, and what people should know before they choose it. */
export interface Capabilities<Name extends string = Service | ProviderService> {
  readonly services: readonly Name[];
  /** Of a whole mail, in bytes; null: the content is not in the mail. */
  readonly mostBytes: number | null;
  /** How long a recipient has; `chosen` by the sender, or fixed days. */
  readonly window: 'chosen' | number;
  /** Recipients must have registered with it, or agree to that first. */
  readonly needsConsent: boolean;
  /** Acceptance may be a machine's: recipients can have it accepted by itself. */
  readonly mayAcceptItself: boolean;
}

export interface Status {
  readonly standing: Standing;
  /** Who says so: nobody yet, our own record of what was done after a code, or a receipt of the provider. */
  readonly by: 'nobody' | 'own_record' | 'receipt';
}

export type ProviderTx = Tx<RegisteredTables>;

/** One way to have documents handed over with proof: our own, or that of an outside provider. */
export interface RegisteredProvider<Name extends string = Service | ProviderService> {
  readonly name: 'own' | ProviderName;
  /** Null where the company cannot use it: it has no account, or that is switched off. */
  capabilities(tx: ProviderTx, companyId: string): Promise<Capabilities<Name> | null>;
  /** Takes the messages of a dispatch over, one record each, in the transaction that makes them. Returns the facts to be recorded. */
  submit(tx: ProviderTx, deliveries: NewDeliveries<Name>, now: Date): Promise<Fact[]>;
  /** How the delivery of a message stands; null when it is none of this provider's, or of another company. */
  statusOf(
    tx: ProviderTx,
    of: { readonly companyId: string; readonly messageId: string },
  ): Promise<Status | null>;
}
