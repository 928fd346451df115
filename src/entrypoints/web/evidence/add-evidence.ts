import type { Context } from 'hono';
import { isId } from '#base/ids';
import { makeEvidence } from '#domain/proofs';
import type { WebNeeds } from '../needs.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';

/** The evidence file of a dispatch, or its report alone. A POST: making one is recorded, and closes the recipients' links. */
export function addEvidence(app: StaffApp, needs: WebNeeds): void {
  app.post('/dispatches/:id/evidence', (c) => sendEvidence(needs, c));
}

async function sendEvidence(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const dispatchId = c.req.param('id') ?? '';
  if (!isId('dispatch', dispatchId)) return answerProblem(c, 'not_found');
  const { company, session } = c.var;
  const request = { companyId: company.id, dispatchId, actor: 'user', by: session.user.id } as const;
  const made = await makeEvidence(needs.proofs, request, needs.clock());
  if (!made.ok) return answerProblem(c, 'not_found');
  const isReport = (await readForm(c)).text('as') === 'report';
  const name = isReport ? `report-${dispatchId}.pdf` : made.fileName;
  c.header('Content-Type', isReport ? 'application/pdf' : 'application/vnd.etsi.asic-e+zip');
  c.header('Content-Disposition', `attachment; filename="${name}"`);
  c.header('Cache-Control', 'no-store');
  return c.body(new Uint8Array(isReport ? made.report : made.bytes));
}
