import { dayIn } from '#base/time';
import { getCompany } from '#domain/accounts';
import {
  attachmentName,
  type Document,
  fileNamePattern,
  getDocuments,
  storeExtraFile,
} from '#domain/documents';
import { joinPdfs } from '#formats/pdf';
import { inCompany } from '#stores/database';
import { languageOf } from './line-language.ts';
import type { FileAsked, JoinedFiles } from './run.ts';
import { lockLine, updateLine } from './run-line-table.ts';
import type { RunNeeds } from './run-needs.ts';
import { textsOf } from './texts.ts';

/**
 * Joins the PDFs of a line's documents, in their order and each with a bookmark, and notes at the line what became of each. What cannot be
 * joined stays a file of its own.
 */
export async function joinFiles(needs: RunNeeds, asked: FileAsked, now: Date): Promise<void> {
  const { run, line, documentIds } = asked;
  const way = run.options.joinPdfs;
  const { company, documents } = await inCompany(needs.database, run.companyId, async (tx) => ({
    company: await getCompany(tx, run.companyId),
    documents: await getDocuments(tx, run.companyId, documentIds),
  }));
  if (!company || !way) return;
  const language = languageOf(line, company);
  const title = `${textsOf(language)('joinedName')} ${dayIn(company.timeZone, now)}`;
  const nameOf = (document: Document): string =>
    attachmentName(
      fileNamePattern(company.fileNamePatterns, document.kind, language),
      document,
      language,
      'pdf',
    ).replace(/\.pdf$/, '');
  const ordered = documentIds.flatMap((id) => documents.find((one) => one.id === id) ?? []);
  const parts = await Promise.all(
    ordered.map(async (one) => ({
      title: nameOf(one),
      bytes: (await needs.files.get(run.companyId, one.pdfSha256)) ?? new Uint8Array(),
    })),
  );
  const { bytes, apart } = await joinPdfs(parts, { title, language, date: now, losing: way === 'all' });
  const joined = {
    ...{ way, documentIds },
    fileId: bytes ? await keep(needs, run.companyId, `${title}.pdf`, bytes, now) : null,
    apart: apart.flatMap(({ part, reason }) => {
      const documentId = ordered[part]?.id;
      return documentId ? [{ documentId, reason }] : [];
    }),
  };
  await note(needs, asked, joined, bytes?.length ?? 0);
}

async function keep(
  needs: RunNeeds,
  companyId: string,
  fileName: string,
  bytes: Buffer,
  now: Date,
): Promise<string | null> {
  const stored = await storeExtraFile(needs, { companyId, fileName, bytes }, now);
  // Too large for a file that goes along: each document goes by itself then.
  return stored.ok ? stored.file.id : null;
}

async function note(needs: RunNeeds, { line }: FileAsked, joined: JoinedFiles, bytes: number): Promise<void> {
  await inCompany(needs.database, line.companyId, async (tx) => {
    const current = await lockLine(tx, line.companyId, line.id);
    if (!current) return;
    const inside = joined.fileId ? joined.documentIds.length - joined.apart.length : 0;
    const attachments = (current.draft?.attachments ?? 0) - Math.max(0, inside - 1);
    const isShown = joined.fileId !== null && current.state === 'ready' && current.draft !== null;
    await updateLine(tx, line, {
      choice: { ...current.choice, joined },
      ...(isShown && current.draft
        ? { draft: { ...current.draft, attachments, bytes: Math.max(bytes, current.draft.bytes) } }
        : {}),
    });
  });
}
