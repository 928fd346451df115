import { type ArchiveEntry, ArchiveRefused, readArchive } from './archive.ts';
import { readAsicManifest } from './asic-manifest.ts';
import { equalBytes, hashOf, readText, toHex } from './bytes.ts';
import { type Certificate, chainTo, readCertificate } from './certificate.ts';
import { type CheckedCms, checkCms, checkStamp, SignatureBroken } from './check-cms.ts';
import { checkEvents } from './check-events.ts';
import { checkPdfSeal } from './check-pdf.ts';
import { layout, type Manifest } from './evidence-layout.ts';
import { type EvidenceFacts, type Finding, fail, type Parts, ProofFailed, type Step } from './finding.ts';
import { readPem } from './pem.ts';

/** What a check of an evidence file found: each step that holds, and the first that does not. */
export interface EvidenceReport {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  /** The first thing that does not fit, with the file it is about; null when everything holds. */
  readonly broken: { readonly step: Step; readonly reason: string; readonly file: string | null } | null;
  readonly facts: EvidenceFacts;
}

/**
 * Checks an evidence file, or the files of an extracted one, with nothing but itself. Stops at the first thing that does not fit and names
 * it. That the root certificate is the sender's cannot be seen from the file: compare `rootSha256`.
 */
export async function checkEvidence(file: Uint8Array | readonly ArchiveEntry[]): Promise<EvidenceReport> {
  const facts: EvidenceFacts = {
    dispatchId: null,
    events: 0,
    rootSha256: null,
    sealedBy: null,
    sealedAt: null,
    stamps: [],
    log: null,
    erased: 0,
    unnamed: 0,
  };
  const findings: Finding[] = [];
  const done = (step: Step, ...details: string[]): void => void findings.push({ step, details });
  try {
    const parts = openParts(file);
    done('container', `${parts.size}`);
    const listed = await checkList(parts);
    done('files', `${listed}`);
    await checkSeal(parts, facts);
    done('seal', facts.sealedBy ?? '');
    await checkContents(parts, facts, done);
    return { ok: true, findings, broken: null, facts };
  } catch (error) {
    return { ok: false, findings, broken: brokenBy(error), facts };
  }
}

async function checkContents(
  parts: Parts,
  facts: EvidenceFacts,
  done: (step: Step, ...details: string[]) => void,
): Promise<void> {
  const manifest = readManifest(parts);
  facts.dispatchId = manifest.dispatchId;
  const events = await checkEvents(parts, manifest, facts);
  done('events', `${events}`);
  done('log', facts.log?.name ?? '', `${facts.log?.size ?? 0}`);
  const report = await named('report', layout.report, () =>
    checkPdfSeal(need(parts, layout.report, 'report')),
  );
  await trusted(parts, report, 'report', layout.report);
  done('report');
  if (facts.stamps.length > 0) done('stamps', ...facts.stamps.map((stamp) => `${stamp.at} ${stamp.by}`));
}

function openParts(file: Uint8Array | readonly ArchiveEntry[]): Parts {
  const entries = file instanceof Uint8Array ? readArchive(file) : file;
  const parts = new Map(entries.map((entry) => [entry.name, entry.bytes]));
  if (readText(need(parts, layout.mimetype, 'container')) !== layout.mediaType)
    fail('container', 'It does not say that it is an evidence file.', layout.mimetype);
  return parts;
}

/** Every file is named by the signed list with its SHA-256, and nothing is named that is not there. Returns how many. */
async function checkList(parts: Parts): Promise<number> {
  const list = readAsicManifest(need(parts, layout.signedList, 'files'));
  if (!list || list.signatureFile !== layout.signature)
    fail('files', 'The list of files is damaged.', layout.signedList);
  await compareDigests(parts, list.references);
  const listed = new Set(list.references.map((one) => one.name));
  const outside = [
    layout.mimetype,
    layout.signedList,
    layout.signature,
    layout.stampedList,
    layout.stamp,
  ] as readonly string[];
  for (const name of parts.keys())
    if (!listed.has(name) && !outside.includes(name))
      fail('files', 'A file is there that the seal does not cover.', name);
  return listed.size;
}

async function compareDigests(
  parts: Parts,
  references: readonly { name: string; sha256: Uint8Array }[],
): Promise<void> {
  for (const { name, sha256 } of references) {
    const bytes = parts.get(name);
    if (!bytes) fail('files', 'A file is missing.', name);
    if (!equalBytes(await hashOf(bytes), sha256)) fail('files', 'A file was changed.', name);
  }
}

/** The list is signed by the seal, and what signed it is stamped where a service was asked. */
async function checkSeal(parts: Parts, facts: EvidenceFacts): Promise<void> {
  const signature = need(parts, layout.signature, 'seal');
  const checked = await named('seal', layout.signature, () =>
    checkCms(signature, need(parts, layout.signedList, 'seal')),
  );
  facts.sealedBy = checked.signer.name;
  facts.sealedAt = checked.claimedAt?.toISOString() ?? null;
  facts.rootSha256 = await trusted(parts, checked, 'seal', layout.signature);
  const stampedList = parts.get(layout.stampedList);
  const stamp = parts.get(layout.stamp);
  if (!stampedList && !stamp) return;
  const list = readAsicManifest(need(parts, layout.stampedList, 'stamps'));
  if (
    list?.signatureFile !== layout.stamp ||
    list.references.length !== 1 ||
    list.references[0]?.name !== layout.signature
  )
    fail('stamps', 'The list of stamped files is damaged.', layout.stampedList);
  await compareDigests(parts, list.references);
  const token = need(parts, layout.stamp, 'stamps');
  const { at, signer } = await named('stamps', layout.stamp, () =>
    checkStamp(token, need(parts, layout.stampedList, 'stamps'), stampChain(parts)),
  );
  facts.stamps.push({ at: at.toISOString(), by: signer.name });
}

/** The seal's certificate leads to the root in the file, at the time when it was used. Returns the root's SHA-256. */
async function trusted(parts: Parts, checked: CheckedCms, step: Step, file: string): Promise<string> {
  const [root] = readPem(need(parts, layout.root, step)).map(readCertificate);
  const at = checked.stamp?.at ?? checked.claimedAt ?? new Date(readManifest(parts).sealedAt);
  const chain = root ? await chainTo(checked.signer, checked.certificates, [root], at) : null;
  if (!root || !chain) fail(step, 'The seal does not lead to the root certificate of this file.', file);
  const known = new Set(chain);
  if (checked.certificates.some((one) => !known.has(one) && !equalBytes(one.raw, root.raw)))
    fail(step, 'A certificate lies with the seal that does not belong to it.', file);
  return toHex(await hashOf(root.raw));
}

function stampChain(parts: Parts): Certificate[] {
  const pem = parts.get(layout.stampChain);
  return pem ? readPem(pem).map(readCertificate) : [];
}

function readManifest(parts: Parts): Manifest {
  try {
    return JSON.parse(readText(need(parts, layout.manifest, 'files')) ?? '');
  } catch {
    return fail('files', 'The manifest is damaged.', layout.manifest);
  }
}

function need(parts: Parts, name: string, step: Step): Uint8Array {
  return parts.get(name) ?? fail(step, 'A file is missing.', name);
}

/** Says of a broken signature which file and step it is in. */
async function named<Result>(step: Step, file: string, check: () => Promise<Result>): Promise<Result> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof SignatureBroken) return fail(step, error.message, file);
    throw error;
  }
}

function brokenBy(error: unknown): EvidenceReport['broken'] {
  if (error instanceof ProofFailed) return { step: error.step, reason: error.message, file: error.file };
  if (error instanceof ArchiveRefused) return { step: 'container', reason: error.message, file: error.entry };
  return { step: 'container', reason: 'The file is damaged.', file: null };
}
