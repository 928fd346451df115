import { randomInt } from 'node:crypto';
import type { Language } from '#base/language';
import { day, minute } from '#base/time';
import { type Actor, type EvidenceTables, record } from '#domain/evidence';
import { domainOf, normaliseAddress } from '#mail/address';
import { inCompany, type Tx } from '#stores/database';
import { problemOfOpen } from '../check-house-sender.ts';
import { returnDomain } from '../domains/domain.ts';
import { platformAddress } from '../house.ts';
import { isHouseSender, type Sender } from '../sender.ts';
import type { CheckDeps } from '../sender-check.ts';
import { emptyRow, type SenderRow, type SenderTables, selectSender, toSender } from '../sender-table.ts';
import { carryNote, ownTexts } from '../test-mail.ts';
import { addressOf, codeDigits, macOf, type ProvenPart } from './confirm-address.ts';
import { lockProof, updateProof } from './proof-table.ts';

export interface CodeOrder {
  readonly companyId: string;
  readonly senderId: string;
  readonly part: ProvenPart;
  readonly language: Language;
  readonly actor: Actor;
}

export type CodeMailed =
  | { readonly ok: true; readonly address: string }
  | { readonly ok: false; readonly reason: CodeRefusal }
  /** No code would help: the domain of this address refuses what would leave from it. */
  | { readonly ok: false; readonly reason: 'dmarc_refuses'; readonly address: string }
  /** The server that was to take it did not; `answer` is what it said. */
  | { readonly ok: false; readonly reason: 'code_not_mailed'; readonly answer: string };

type CodeRefusal = 'not_found' | 'too_many_codes' | 'no_way_to_mail';

const pauseBetween = minute;
const mostPerDay = 5; // whoever types the address of a stranger must not be able to fill that mailbox

/**
 * Mails a new code to a sender's address, or to where its answers go; an older one dies with it. It leaves from the sender itself where
 * that works, else from the one whose server it uses, else from the platform's address. Refused where the code would be of no use.
 */
export async function mailAddressCode(deps: CheckDeps, order: CodeOrder): Promise<CodeMailed> {
  const code = String(randomInt(10 ** codeDigits)).padStart(codeDigits, '0');
  const now = deps.now();
  const inVain = await refusedAnyway(deps, order);
  if (inVain) return { ok: false, reason: 'dmarc_refuses', address: inVain };
  const ready = await inCompany(deps.database, order.companyId, (tx) => prepare(tx, deps, order, code));
  if (!ready.ok) return ready;
  const { from, address } = ready;
  const t = ownTexts(order.language);
  const words = {
    subject: t('code.subject'),
    body: t('code.body', { code: `${code.slice(0, 4)} ${code.slice(4)}`, address }),
  };
  const domain = from.method === 'domain' ? domainOf(from.address) : deps.house.platformDomain;
  const mail = {
    sender: from,
    to: address,
    from: isHouseSender(from) ? normaliseAddress(`code@${returnDomain(domain)}`) : from.address,
    signers: await deps.signers(from, now),
  };
  const sent = await carryNote(deps.carry, mail, words, now);
  if (!sent.accepted) return { ok: false, reason: 'code_not_mailed', answer: sent.answer };
  await inCompany(deps.database, order.companyId, (tx) =>
    record(tx as Tx<EvidenceTables>, [
      {
        type: 'sender.code_mailed',
        companyId: order.companyId,
        at: now,
        actor: order.actor,
        data: { sender: order.senderId, part: order.part },
        personal: { address },
      },
    ]),
  );
  return { ok: true, address };
}

/** The address whose domain asks to refuse it, whoever proves the mailbox. */
async function refusedAnyway(
  deps: CheckDeps,
  { companyId, senderId, part }: CodeOrder,
): Promise<string | null> {
  if (part === 'reply_to') return null;
  const row = await inCompany(deps.database, companyId, (tx) => selectSender(tx, companyId, senderId));
  if (row?.method !== 'open') return null;
  return (await problemOfOpen(deps, domainOf(row.address))) === 'dmarc_refuses' ? row.address : null;
}

type Ready =
  | { readonly ok: true; readonly from: Sender; readonly address: string }
  | { readonly ok: false; readonly reason: CodeRefusal };

async function prepare(
  tx: Tx<SenderTables>,
  deps: CheckDeps,
  { companyId, senderId, part }: CodeOrder,
  code: string,
): Promise<Ready> {
  const now = deps.now();
  const row = await selectSender(tx, companyId, senderId);
  const address = row && !row.deleted_at ? addressOf(row, part) : null;
  if (!row || address === null) return { ok: false, reason: 'not_found' };
  const from = await whoMails(tx, deps, row);
  if (!from) return { ok: false, reason: 'no_way_to_mail' };
  const proof = await lockProof(tx, companyId, address);
  const since = proof.mailed_at === null ? day : now.getTime() - proof.mailed_at.getTime();
  const count = since >= day ? 0 : proof.mailed_count;
  if (since < pauseBetween || count >= mostPerDay) return { ok: false, reason: 'too_many_codes' };
  const mac = macOf(deps.key, companyId, address, code);
  await updateProof(tx, proof, { code_mac: mac, mailed_at: now, mailed_count: count + 1, tries: 0 });
  return { ok: true, from, address };
}

async function whoMails(tx: Tx<SenderTables>, deps: CheckDeps, row: SenderRow): Promise<Sender | null> {
  const main = row.via_sender_id ? await selectSender(tx, row.company_id, row.via_sender_id) : undefined;
  const own = [row, main].find((one) => one?.state === 'valid' && !one.deleted_at);
  if (own) return toSender(own);
  if (deps.house.delivery.kind === 'none') return null;
  return toSender({
    ...emptyRow('', row.company_id, deps.now()),
    method: 'platform',
    name: row.name,
    address: platformAddress(deps.house),
    state: 'valid',
  });
}
