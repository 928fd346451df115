import type { Context } from 'hono';
import { type LetterSample, letterSample } from '#domain/reminders';
import { drawLetter } from '#domain/runs';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { sendPdfBytes } from '../runs/send-letter.ts';
import type { StaffEnv } from '../staff/env.ts';
import { seeOther } from '../staff/page.tsx';

/** The letter as the customer with the most open documents would get it today; nothing is kept or sent. */
export async function sendLetterSample(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const { company, view } = c.var;
  const now = needs.clock();
  const found = await inCompany(needs.database, company.id, (tx) => letterSample(tx, company, now));
  const drawn = found ? await draw(needs, company.id, found, now) : null;
  if (drawn) return sendPdfBytes(c, drawn);
  const text = view.t('reminders.letter.nobody');
  return seeOther(needs, c, paths.policies, { state: 'waiting', text });
}

function draw(needs: WebNeeds, companyId: string, found: LetterSample, now: Date) {
  const { customerName, language, documentIds } = found;
  return drawLetter(needs, { companyId, line: { customerName, draft: { language } }, documentIds }, now);
}
