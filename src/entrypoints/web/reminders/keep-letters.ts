import type { Context } from 'hono';
import { storeExtraFile } from '#domain/documents';
import { looksLikePdf } from '#formats/pdf';
import type { WebNeeds } from '../needs.ts';
import type { PolicyFormModel } from '../screens/reminders-model.ts';
import type { StaffEnv } from '../staff/env.ts';
import type { PostedForm } from '../staff/read-form.ts';

/** Keeps the letters that were uploaded with the form of a policy, and puts them into its steps. Refuses what is no PDF, in words. */
export async function keepLetters(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  values: PolicyFormModel['values'],
  form: PostedForm,
): Promise<{ readonly values: PolicyFormModel['values']; readonly error: string | null }> {
  const steps = [...values.steps];
  let error: string | null = null;
  const ats = form
    .names()
    .flatMap((name) => (/^days-\d{1,2}$/.test(name) ? [name.slice('days-'.length)] : []));
  const filled = ats.filter((at) => form.text(`days-${at}`).trim() !== '');
  for (const [place, at] of filled.entries()) {
    const file = form.file(`upload-${at}`);
    const step = steps[place];
    if (!file || !step) continue;
    const kept = await keepLetter(needs, c, file);
    if (typeof kept === 'string') error = kept;
    else steps[place] = { ...step, file: kept };
  }
  return { values: { ...values, steps }, error };
}

/** Keeps one uploaded letter; why not, in words. */
export async function keepLetter(
  needs: WebNeeds,
  c: Context<StaffEnv>,
  file: File,
): Promise<{ readonly id: string; readonly name: string } | string> {
  const { company, view } = c.var;
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!looksLikePdf(bytes)) return view.t('reminders.ownLetter.notPdf', { name: file.name });
  const upload = { companyId: company.id, fileName: file.name, bytes };
  const stored = await storeExtraFile(needs, upload, needs.clock());
  if (!stored.ok) return view.t(`send.file.${stored.reason}`, { name: file.name });
  return { id: stored.file.id, name: stored.file.fileName };
}
