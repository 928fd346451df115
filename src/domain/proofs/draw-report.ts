import { sha256 } from '#base/crypto';
import { makeFormat } from '#base/language';
import type { LogProofs } from '#domain/evidence';
import { type Message, readDnsFacts } from '#domain/outbox';
import type { ReceiptVerdict } from '#domain/registered';
import { openPaper, type Paper } from '#formats/pdf';
import { rangePlace, sealBytes } from '#formats/signature';
import { describeDns } from '#mail/dns';
import { deliveryRows } from './delivery-rows.ts';
import { erasureIn, erasureRows } from './erasure-rows.ts';
import { dnsHashesOf, type Material } from './gather-material.ts';
import { codeChannelOf, endingOf, knownLevel } from './known-level.ts';
import type { ProofDeps } from './proof-deps.ts';
import { type ProofWords, proofWordsIn, wordKnown } from './proof-words.ts';
import { recipientsOf } from './summarise.ts';
import { utcTime } from './utc-time.ts';
import { logNameOf, writeProves } from './write-proves.ts';

export interface ReportFacts {
  readonly proofs: LogProofs;
  /** SHA-256 of the root certificate, in hex. */
  readonly rootSha256: string;
  readonly sealedAt: Date;
}

/** Draws the report that people read (PDF/A-3b with a place for the seal), in the language of the dispatch; events go along in it. */
export function drawReport(material: Material, facts: ReportFacts, deps: ProofDeps): Promise<Buffer> {
  const language = material.dispatch.language as Parameters<typeof proofWordsIn>[0];
  const t = proofWordsIn(language);
  const { dispatch, company, events } = material;
  const raw = Buffer.from(`[${events.map((event) => event.raw.toString('utf8')).join(',\n')}]\n`);
  const attachment = {
    name: 'events.json',
    mediaType: 'application/json',
    description: t('heading.timeline'),
  };
  const paper = openPaper({
    title: t('title'),
    language,
    date: facts.sealedAt,
    foot: t('foot', { id: dispatch.id }),
    attachments: [{ ...attachment, bytes: raw }],
    seal: { range: rangePlace, bytes: sealBytes },
  });
  paper.paragraph(t('intro', { company: company.name }));
  writeBrief(paper, t, material);
  writeWhat(paper, t, material);
  for (const message of recipientsOf(material.messages)) writeRecipient(paper, t, material, message);
  writeTimeline(paper, t, material, deps);
  writeProves(paper, t, material, facts.proofs);
  writeTechnical(paper, t, facts, deps);
  return paper.finish();
}

/** What is known about whom, before all details. */
function writeBrief(paper: Paper, t: ProofWords, material: Material): void {
  paper.heading(t('heading.brief'));
  paper.facts(
    recipientsOf(material.messages).map(
      (message) => [whoOf(t, message), knownOf(t, material, message)] as const,
    ),
  );
}

function knownOf(t: ProofWords, { dispatch: { service }, events }: Material, message: Message): string {
  const known = {
    service,
    level: knownLevel(message, events),
    code: codeChannelOf(message, events),
    ending: endingOf(message, events),
  };
  return wordKnown(t, known).join('\n');
}

/** The sender's own copy, a reminder or a receipt is no recipient's mail, and a reader has to see that. */
function whoOf(t: ProofWords, { address, role }: Pick<Message, 'address' | 'role'>): string {
  return role === 'copy' || role === 'notification' ? t(`who.${role}`, { address }) : address;
}

function writeWhat(
  paper: Paper,
  t: ProofWords,
  { dispatch, documents, letter, company, events }: Material,
): void {
  paper.heading(t('heading.what'));
  const format = makeFormat({
    language: t.language,
    country: company.country,
    zone: 'UTC',
    now: dispatch.createdAt,
  });
  for (const document of documents) {
    paper.facts([
      [t('fact.document'), [document.number, document.fileName].filter(Boolean).join(' · ')],
      ...(document.issueDate ? [[t('fact.issued'), document.issueDate] as const] : []),
      ...(document.total && document.currency
        ? [
            [
              t('fact.amount'),
              `${format.money(document.total, document.currency).amount} ${document.currency}`,
            ] as const,
          ]
        : []),
      [t('fact.sha256'), document.pdfSha256],
    ]);
  }
  const submitted = events.find((event) => event.type === 'dispatch.submitted');
  paper.facts([
    [t('fact.subject'), erasureIn(events) ? t('erased.subject') : dispatch.subject],
    [t('fact.from'), letter ? `${letter.fromName} <${letter.fromAddress}>` : ''],
    [t('fact.by'), `${dispatch.createdByName}, ${company.name}`],
    [t('fact.sentAt'), utcTime(submitted?.at ?? dispatch.createdAt)],
    [
      t('fact.service'),
      t.has(`service.${dispatch.service}`) ? t(`service.${dispatch.service}` as 'service.standard') : '',
    ],
    [t('fact.template'), templateOf(t, dispatch)],
    [t('fact.dispatch'), dispatch.id],
    ...erasureRows(t, events),
  ]);
}

function templateOf(t: ProofWords, { templateId, templateVersion, language }: Material['dispatch']): string {
  const name = templateId
    ? t('template.own', { id: templateId, version: templateVersion ?? 1 })
    : t('template.none');
  return `${name} · ${language}`;
}

function writeRecipient(paper: Paper, t: ProofWords, material: Material, message: Message): void {
  paper.heading(t('heading.whom', { address: whoOf(t, message) }));
  const last = material.attempts.get(message.id)?.at(-1);
  const own = material.events.filter((event) => event.messageId === message.id);
  const bytes = material.mails.get(message.id);
  const rows: (readonly [string, string])[] = [
    [t('fact.level'), knownOf(t, material, message)],
    [t('fact.message'), `<${message.internetId}>`],
  ];
  // Where nobody was dialed, the name is the domain's and no server's.
  if (last?.host && (last.ip || last.code))
    rows.push([t('fact.server'), [last.host, last.ip].filter(Boolean).join(' · ')]);
  if (last?.tls) rows.push([t('fact.tls'), `${last.tls.protocol} · ${last.tls.cipher}`]);
  if (last?.tls_given_up) {
    const { why, said } = last.tls_given_up;
    rows.push([t('fact.notEncrypted'), t(`inTheClear.${why}`, { said })]);
  }
  // Without a code the words are our own machine's: the timeline says what happened.
  if (last?.reply && last.code) rows.push([t('fact.answer'), `${last.code} ${last.reply}`]);
  rows.push(...dnsRows(t, material, last?.dns ?? []));
  if (bytes) rows.push([t('fact.mail'), sha256(bytes).toString('hex')]);
  for (const back of own.filter((event) => event.data['returnedMail'])) {
    rows.push([t('fact.cameBack'), `inbound/${back.data['returnedMail']}.eml · ${dkimOf(back.data)}`]);
    rows.push(...dnsRows(t, material, dnsHashesOf([back])));
  }
  rows.push(...deliveryRows(t, own), ...receiptRows(t, material, message));
  paper.facts(rows);
}

/** What the DNS said when the mail was last tried, and the files that hold it in full. */
function dnsRows(t: ProofWords, { dns }: Material, hashes: readonly string[]): [string, string][] {
  return hashes.flatMap((hash) => {
    const raw = dns.get(hash);
    if (!raw) return [];
    const facts = readDnsFacts(raw);
    return [[t(`fact.dns.${facts.about}`), [...describeDns(facts), `dns/${hash}.json`].join('\n')]];
  });
}

/** `DKIM: pass (peeters.example)` */
function dkimOf({ dkim, dkimDomain }: Material['events'][number]['data']): string {
  return `DKIM: ${dkim ?? 'none'}${typeof dkimDomain === 'string' ? ` (${dkimDomain})` : ''}`;
}

/** What an outside provider's receipts say, and what their signatures are worth; nothing beyond that. */
function receiptRows(t: ProofWords, { events }: Material, message: Message): [string, string][] {
  return events
    .filter((event) => event.type === 'provider.receipt_received' && event.messageId === message.id)
    .map(({ data, at }) => {
      const kind = t('receipt', { kind: String(data['kind']) });
      const verdict = data['signature'] as ReceiptVerdict | undefined;
      const signers = [...new Set(verdict?.signers?.map((one) => one.signer))].join(', ');
      const signer = signers || (verdict?.signer ?? '');
      const worth = t('signature', { result: verdict?.result ?? '', signer });
      const isByHand = data['matchedBy'] === 'person';
      const came = isByHand ? new Date(String(data['receivedAt'])) : at;
      const tied = isByHand ? [t('receipt.byHand', { time: utcTime(at) })] : [];
      return [t('fact.receipt'), [kind, utcTime(came), worth, ...tied].join(' · ')];
    });
}

function writeTimeline(paper: Paper, t: ProofWords, { events, messages }: Material, deps: ProofDeps): void {
  paper.heading(t('heading.timeline'));
  const addresses = new Map(messages.map((message) => [message.id, whoOf(t, message)]));
  paper.facts(
    events.map((event) => {
      const who = addresses.get(event.messageId ?? '') ?? null;
      return [utcTime(event.at), `${event.n}. ${deps.wordEvent(t.language, event, who)}`];
    }),
  );
}

function writeTechnical(
  paper: Paper,
  t: ProofWords,
  { proofs, rootSha256, sealedAt }: ReportFacts,
  { portalUrl }: ProofDeps,
): void {
  paper.heading(t('heading.check'));
  // Without its scheme an address is not broken after it, and is typed as it stands.
  const place = portalUrl.replace(/^https?:\/\//, '');
  paper.paragraph(t('check.how', { url: `${place}/verify` }));
  paper.paragraph(t('check.compare', { url: `${place}/log/root.pem` }));
  paper.heading(t('heading.technical'));
  paper.facts([
    [t('fact.sealed'), utcTime(sealedAt)],
    [t('fact.root'), rootSha256],
    [
      t('fact.checkpoint'),
      `${logNameOf(proofs.checkpoint.note)} · ${proofs.checkpoint.size} · ${proofs.checkpoint.root.toString('base64')}`,
    ],
    ...proofs.stamps.map(({ at, service }) => [t('fact.stamp'), `${utcTime(at)} · ${service}`] as const),
  ]);
}
