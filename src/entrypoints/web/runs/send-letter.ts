import type { Context } from 'hono';
import { isId } from '#base/ids';
import { drawLetter, getLine, getRun, levelFor } from '#domain/runs';
import { inCompany } from '#stores/database';
import type { WebNeeds } from '../needs.ts';
import type { StaffEnv } from '../staff/env.ts';
import { answerProblem } from '../staff/page.tsx';

/** The letter of one line of a run as it would go along now; nothing is kept or sent. */
export async function sendLetter(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const { company } = c.var;
  const [runId, lineId] = [c.req.param('id') ?? '', c.req.param('line') ?? ''];
  if (!isId('run', runId) || !isId('runLine', lineId)) return answerProblem(c, 'not_found');
  const found = await inCompany(needs.database, company.id, async (tx) => {
    const run = await getRun(tx, company.id, runId);
    const line = await getLine(tx, { companyId: company.id, runId }, lineId);
    if (!run || !line) return null;
    const documentIds = line.documentIds.filter((id) => !line.leftOut.some((one) => one.documentId === id));
    return levelFor(run, documentIds).letter ? { line, documentIds } : null;
  });
  const drawn = found ? await drawLetter(needs, { companyId: company.id, ...found }, needs.clock()) : null;
  return drawn ? sendPdfBytes(c, drawn) : answerProblem(c, 'not_found');
}

/** Shows a PDF of our own in the browser. */
export function sendPdfBytes(
  c: Context<StaffEnv>,
  { fileName, bytes }: { readonly fileName: string; readonly bytes: Buffer },
): Response {
  c.header('Content-Type', 'application/pdf');
  c.header('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(fileName)}`);
  c.header('X-Content-Type-Options', 'nosniff');
  return c.body(new Uint8Array(bytes));
}
