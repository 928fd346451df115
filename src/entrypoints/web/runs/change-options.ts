import type { Context } from 'hono';
import { isId } from '#base/ids';
import { channels, dispatchServices } from '#domain/dispatch';
import { services } from '#domain/registered';
import { changeRun, getRun, joinPdfsWays, type Run, type RunOptions } from '#domain/runs';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { keepLetter } from '../reminders/keep-letters.ts';
import { zonedTime } from '../send/zoned-time.ts';
import type { StaffEnv } from '../staff/env.ts';
import { answerProblem, seeOther } from '../staff/page.tsx';
import { type PostedForm, readForm } from '../staff/read-form.ts';

/** Takes what the person has chosen for all lines of a run that has not started. */
export async function changeOptions(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const runId = c.req.param('id') ?? '';
  const { company, view } = c.var;
  if (!isId('run', runId)) return answerProblem(c, 'not_found');
  const form = await readForm(c);
  const which = { companyId: company.id, runId };
  const upload = form.file('ownLetter');
  const kept = upload ? await keepLetter(needs, c, upload) : null;
  if (typeof kept === 'string') return seeOther(needs, c, paths.run(runId), { state: 'failed', text: kept });
  const changed = await inCompany(needs.database, company.id, async (tx) => {
    const run = await getRun(tx, company.id, runId);
    if (!run) return { ok: false as const, reason: 'not_found' as const };
    const options = { ...run.options, ...chosen(form, company.timeZone), fileIds: filesOf(run, form, kept) };
    const grouping = form.text('grouping') === 'customer' ? 'customer' : 'document';
    return changeRun(tx, which, { grouping, options }, needs.clock());
  });
  if (changed.ok) return seeOther(needs, c, paths.run(runId));
  if (changed.reason === 'not_found') return answerProblem(c, 'not_found');
  return seeOther(needs, c, paths.run(runId), { state: 'failed', text: view.t('runs.refused.wrong_state') });
}

/** A letter of one's own takes the place of the one before; it stays until it is taken away. */
function filesOf(run: Run, form: PostedForm, kept: { readonly id: string } | null): RunOptions['fileIds'] {
  if (kept) return [kept.id];
  return form.has('noLetter') ? undefined : run.options.fileIds;
}

function chosen(form: PostedForm, zone: string): RunOptions {
  const sendAt = zonedTime(form.text('sendAt'), zone);
  const perMinute = Number(form.text('perMinute'));
  const attach = form.text('attach');
  const senderId = form.text('senderId');
  return {
    senderId: isId('sender', senderId) ? senderId : undefined,
    ...chosenService(form),
    letter: form.has('letter') || undefined,
    joinPdfs: joinPdfsWays.find((way) => way === form.text('joinPdfs')),
    attach: attach === '' ? undefined : attach === 'yes',
    ...chosenChannels(form),
    sendAt: Number.isNaN(sendAt.getTime()) ? undefined : sendAt.toISOString(),
    officeHours: form.has('officeHours') || undefined,
    perMinute: Number.isInteger(perMinute) && perMinute > 0 ? Math.min(perMinute, 6000) : undefined,
    again: form.has('again') || undefined,
  };
}

/** Both is the usual way and not written down; a form without the field keeps what was chosen. */
function chosenChannels(form: PostedForm): Pick<RunOptions, 'channels'> {
  if (!form.has('channel')) return {};
  const channel = channels.find((one) => one === form.text('channel'));
  return { channels: channel ? [channel] : undefined };
}

/** As a mail is the usual way and not written down. */
function chosenService(form: PostedForm): Pick<RunOptions, 'service' | 'serviceDays' | 'hideSender'> {
  const service = dispatchServices.find((one) => one === form.text('service'));
  const days = form.text('serviceDays');
  return {
    service: service === 'standard' ? undefined : service,
    hideSender: services.some((one) => one === service) ? form.has('hideSender') : undefined,
    serviceDays: /^\d{1,2}$/.test(days) ? Number(days) : undefined,
  };
}
