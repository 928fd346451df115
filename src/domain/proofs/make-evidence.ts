import { sha256 } from '#base/crypto';
import { drawPages } from '#domain/documents';
import type { Actor } from '#domain/evidence';
import {
  type LogProofs,
  makeCheckpoint,
  newestCheckpoint,
  proveEvents,
  record,
  stampCheckpoint,
} from '#domain/evidence';
import { revokeLinks } from '#domain/tracking';
import { type ArchiveEntry, layout, type Manifest, writeArchive, writeAsicManifest } from '#formats/proof';
import { sealPdf, signCms } from '#formats/signature';
import { asWorker, inCompany } from '#stores/database';
import { drawReport } from './draw-report.ts';
import {
  dnsParts,
  documentParts,
  eventParts,
  imageParts,
  inboundParts,
  keyParts,
  mailParts,
  type Part,
  pageParts,
  part,
} from './evidence-parts.ts';
import { gatherMaterial, type Material } from './gather-material.ts';
import type { ProofDeps } from './proof-deps.ts';
import { proofWordsIn } from './proof-words.ts';
import { providerParts } from './provider-parts.ts';
import { type EvidenceSummary, summarise } from './summarise.ts';
import { verifierScript } from './verifier-script.ts';
import { verifyShell } from './verify-shell.ts';

export interface EvidenceRequest {
  readonly companyId: string;
  readonly dispatchId: string;
  readonly actor: Actor;
  /** The user's or key's id. */
  readonly by: string;
}

export type MadeEvidence =
  | {
      readonly ok: true;
      readonly fileName: string;
      readonly bytes: Buffer;
      readonly report: Buffer;
      readonly summary: EvidenceSummary;
    }
  | { readonly ok: false; readonly reason: 'dispatch_missing' };

/** Services of others get so long for a stamp while somebody waits for the file; later ones come with the next checkpoint. */
const stampPatienceMs = 5000;

/** A PDF of this size has a few pages, each drawn in a tenth of a second; larger ones are taken as they are. */
const drawnAtOnce = 256 * 1024;

/**
 * Makes the evidence file of a dispatch (ASiC-E, sealed, with time stamps where a service answers) and records that it was made. The mails in
 * it carry the recipients' own links: those are closed, so that nobody who holds the file can visit in a recipient's name.
 */
export async function makeEvidence(
  deps: ProofDeps,
  request: EvidenceRequest,
  now: Date,
): Promise<MadeEvidence> {
  const { companyId, dispatchId } = request;
  const before = await gatherMaterial(deps, companyId, dispatchId);
  if (!before) return { ok: false, reason: 'dispatch_missing' };
  await drawMissing(deps, before, now);
  await closeSegment(deps, request, before, now);
  const material = await gatherUnderCheckpoint(deps, request, now);
  if (!material) return { ok: false, reason: 'dispatch_missing' };
  await withPatience(stampCheckpoint(deps.database, deps.stamps, () => now));
  const places = material.events.map((event) => event.logIndex ?? 0);
  const proofs = await proveEvents(deps.database, places);
  const { bytes, report } = await assemble(deps, material, proofs, now);
  await recordIssue(deps, request, bytes, now);
  return { ok: true, fileName: `evidence-${dispatchId}.asice`, bytes, report, summary: summarise(material) };
}

/** Something of a dispatch may happen while its file is made: a visit, or a second file. */
const mostCheckpoints = 10;

/** Everything about the dispatch, with every event of it under a checkpoint; null when there is no such dispatch. */
async function gatherUnderCheckpoint(
  deps: ProofDeps,
  { companyId, dispatchId }: EvidenceRequest,
  now: Date,
): Promise<Material | null> {
  for (let count = 1; ; count += 1) {
    await makeCheckpoint(deps.database, deps.keys.log, now);
    const material = await gatherMaterial(deps, companyId, dispatchId);
    const size = (await asWorker(deps.database, newestCheckpoint))?.size ?? 0;
    const isCovered = material?.events.every(({ logIndex }) => logIndex !== null && logIndex <= size) ?? true;
    if (isCovered || count === mostCheckpoints) return material;
  }
}

/** A worker draws pages when it is idle; small documents that still wait for it are drawn now. */
async function drawMissing(deps: ProofDeps, { documents, images }: Material, now: Date): Promise<void> {
  for (const { id, pdfBytes } of documents)
    if (images.get(id)?.length === 0 && pdfBytes <= drawnAtOnce) await drawPages(deps, id, now);
}

/** Says where the events of the dispatch end for this file, and closes the links that it will carry. */
function closeSegment(
  deps: ProofDeps,
  { companyId, dispatchId, actor, by }: EvidenceRequest,
  material: Material,
  now: Date,
) {
  return inCompany(deps.database, companyId, async (tx) => {
    // Behind a code, the link of a mail opens nothing by itself, and has to lead there until the end.
    if (material.dispatch.service === 'standard') await revokeLinks(tx, [...material.mails.keys()], now);
    const data = { by, messages: material.messages.length, mails: material.mails.size };
    await record(tx, [{ type: 'dispatch.closed', companyId, dispatchId, at: now, actor, data }]);
  });
}

function recordIssue(
  deps: ProofDeps,
  { companyId, dispatchId, actor, by }: EvidenceRequest,
  bytes: Buffer,
  now: Date,
) {
  const data = { by, sha256: sha256(bytes).toString('hex'), bytes: bytes.length };
  return inCompany(deps.database, companyId, (tx) =>
    record(tx, [{ type: 'evidence.issued', companyId, dispatchId, at: now, actor, data }]),
  );
}

async function assemble(deps: ProofDeps, material: Material, proofs: LogProofs, now: Date) {
  const { keys } = deps;
  const rootSha256 = sha256(keys.root).toString('hex');
  const drawn = await drawReport(material, { proofs, rootSha256, sealedAt: now }, deps);
  const timeStamp = stamperOf(deps);
  const report = await sealPdf(drawn, keys.seal, timeStamp);
  const t = proofWordsIn(material.dispatch.language as Parameters<typeof proofWordsIn>[0]);
  const readme = t('readme', { company: material.company.name, url: `${deps.portalUrl}/log/root.pem` });
  const parts: Part[] = [
    part(layout.report, 'report', 'application/pdf', report),
    ...eventParts(material, proofs),
    ...mailParts(material),
    ...dnsParts(material),
    ...(await documentParts(material, deps)),
    ...(await imageParts(material, deps)),
    ...(await pageParts(material, deps)),
    ...(await inboundParts(material, deps)),
    ...(await providerParts(material, deps)),
    ...keyParts(deps, proofs),
    part('verify.mjs', 'check', 'text/javascript', await verifierScript()),
    part('verify.sh', 'check', 'text/x-shellscript', verifyShell),
    part(`README.${t.language}.txt`, 'read me', 'text/plain', readme),
  ];
  const manifest = part(layout.manifest, 'manifest', 'application/json', manifestText(material, parts, now));
  return { bytes: await seal(deps, [manifest, ...parts], timeStamp, now), report };
}

function manifestText({ dispatch, events }: Material, parts: readonly Part[], now: Date): string {
  const manifest: Manifest = {
    version: 1,
    dispatchId: dispatch.id,
    events: events.length,
    sealedAt: now.toISOString(),
    sealedAtSeconds: Math.floor(now.getTime() / 1000),
    assurance: 'non-qualified electronic registered delivery, eIDAS art. 43(1)',
    files: parts.map(({ name, role, mediaType, bytes }) => ({
      name,
      role,
      mediaType,
      sha256: sha256(bytes).toString('hex'),
    })),
  };
  return `${JSON.stringify(manifest)}\n`;
}

/** EN 319 162-1: a list of all files, signed; and a list of that signature, stamped. */
async function seal(
  { keys }: ProofDeps,
  parts: readonly Part[],
  timeStamp: ReturnType<typeof stamperOf>,
  now: Date,
): Promise<Buffer> {
  const listed = parts.map(({ name, bytes }) => ({ name, sha256: sha256(bytes) }));
  const list = Buffer.from(writeAsicManifest(layout.signature, 'application/x-pkcs7-signature', listed));
  const signature = Buffer.from(await signCms(keys.seal, sha256(list), { at: now }));
  const entries: ArchiveEntry[] = [
    { name: layout.mimetype, bytes: Buffer.from(layout.mediaType) },
    ...parts,
    { name: layout.signedList, bytes: list },
    { name: layout.signature, bytes: signature },
  ];
  const signed = [{ name: layout.signature, sha256: sha256(signature) }];
  const stampedList = Buffer.from(
    writeAsicManifest(layout.stamp, 'application/vnd.etsi.timestamp-token', signed),
  );
  const token = await timeStamp?.(sha256(stampedList));
  if (token)
    entries.push(
      { name: layout.stampedList, bytes: stampedList },
      { name: layout.stamp, bytes: Buffer.from(token) },
    );
  return Buffer.from(writeArchive(entries, now));
}

/** The first service that answers in time; null where none is configured. A seal without a stamp is better than no file. */
function stamperOf({ stamps }: ProofDeps): ((digest: Uint8Array) => Promise<Uint8Array | null>) | null {
  if (stamps.length === 0) return null;
  return async (digest) => {
    for (const service of stamps) {
      const token = await withPatience(service.ask(digest));
      if (token) return token;
    }
    return null;
  };
}

/** What came of it, or null when it failed or took too long. */
async function withPatience<Result>(work: Promise<Result>): Promise<Result | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), stampPatienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
