import { type Company, getCompany } from '#domain/accounts';
import { type Customer, consentsOf, getCustomers } from '#domain/customers';
import {
  type Document,
  type ExtraFile,
  getDocuments,
  getExtraFiles,
  openDocumentsOf,
} from '#domain/documents';
import { reasonsAgainst, type StopReason } from '#domain/outbox';
import { getIncamail, type IncamailAccount, isProviderService } from '#domain/registered';
import { getSender, type Sender } from '#domain/senders';
import { getTemplate, type Template, type TextTemplate } from '#domain/templates';
import type { TrackingMode } from '#domain/tracking';
import type { Tx } from '#stores/database';
import { asksAgain } from './asks-again.ts';
import type { DispatchService } from './dispatch.ts';
import type { DispatchRequest } from './dispatch-request.ts';
import type { Addressee } from './gather-recipients.ts';
import { offeredServices } from './offered-services.ts';
import { once } from './once.ts';
import type { PrepareTables } from './prepare-tables.ts';

/** What the drafts of one company are worked out from; each thing is read once, however many drafts need it. */
export interface Material {
  readonly company: Company;
  readonly documents: ReadonlyMap<string, Document>;
  readonly customers: ReadonlyMap<string, Customer>;
  readonly templates: ReadonlyMap<string, Template>;
  /** What speaks against asking for a document again, where a request does. */
  readonly against: ReadonlyMap<string, readonly StopReason[]>;
  readonly extraFiles: readonly ExtraFile[];
  /** What the company may choose from. */
  readonly offered: readonly DispatchService[];
  /** The account with a provider and what mails leave from there, where one of the requests goes through it. */
  readonly account: IncamailAccount | null;
  readonly accountSender: Sender | null;
}

/** Reads what many requests of one company are about, in as many questions as for one; null when there is no such company. */
export async function readMaterial(
  tx: Tx<PrepareTables>,
  companyId: string,
  requests: readonly DispatchRequest[],
  now: Date,
): Promise<Material | null> {
  const company = await getCompany(tx, companyId);
  if (!company) return null;
  const documents = await getDocuments(
    tx,
    companyId,
    requests.flatMap((one) => one.documentIds),
  );
  const customerIds = new Set(documents.flatMap((one) => one.customerId ?? []));
  const templates = new Map<string, Template>();
  for (const id of new Set(requests.flatMap(templateIdsOf))) {
    const template = await getTemplate(tx, companyId, id);
    if (template) templates.set(id, template);
  }
  const again = [...new Set(requests.filter(asksAgain).flatMap((one) => one.documentIds))];
  const goesOutside = requests.some(({ service = 'standard' }) => isProviderService(service));
  const account = goesOutside ? await getIncamail(tx, companyId) : null;
  const fileIds = new Set(
    requests.flatMap((one) => [...(one.fileIds ?? []), ...(one.joined ? [one.joined.fileId] : [])]),
  );
  return {
    company,
    documents: new Map(documents.map((one) => [one.id, one])),
    customers: new Map((await getCustomers(tx, companyId, [...customerIds])).map((one) => [one.id, one])),
    templates,
    against: await reasonsAgainst(tx, { companyId, documentIds: again, zone: company.timeZone }, now),
    extraFiles: await getExtraFiles(tx, companyId, [...fileIds]),
    offered: await offeredServices(tx, company),
    account,
    accountSender: account ? await getSender(tx, companyId, account.senderId) : null,
  };
}

function templateIdsOf({ templateId, cells = [] }: DispatchRequest): string[] {
  return [templateId, ...cells.map((cell) => cell.templateId)].flatMap((id) => id ?? []);
}

/** The list of what a customer has open, asked of the database only where a text wants it. */
export function openDocumentsFor(tx: Tx<PrepareTables>, companyId: string) {
  const ask = once(
    (customerId: string) => openDocumentsOf(tx, companyId, customerId),
    (customerId) => customerId,
  );
  return async (customer: Customer | null, text: TextTemplate): Promise<Document[]> => {
    const isWanted = customer !== null && /customer\s*\.\s*open_/.test(text.subject + text.html);
    return isWanted ? ask(customer.id) : [];
  };
}

/** What each contact allows (consent), by address in lower case; narrowed further by company and dispatch. */
export async function allowedModes(
  tx: Tx<PrepareTables>,
  company: Company,
  addressees: readonly Addressee[],
): Promise<Map<string, TrackingMode>> {
  const known = await consentsOf(
    tx,
    company.id,
    addressees.map((one) => one.address),
  );
  return new Map(
    addressees.map(({ address }) => {
      const consent = known.get(address.toLowerCase()) ?? 'unknown';
      const isDenied = consent === 'denied' || (consent === 'unknown' && company.trackingBasis === 'consent');
      return [address.toLowerCase(), isDenied ? 'none' : 'full'];
    }),
  );
}
