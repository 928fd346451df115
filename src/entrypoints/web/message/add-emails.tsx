import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { dayIn } from '#base/time';
import { catchUp, forgetView, keepView } from '#domain/overview';
import { inCompany } from '#stores/database';
import { paths, viewAt } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { EmailsBody, EmailsScreen } from '../screens/emails.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, fragment, page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { addFigures } from './add-figures.tsx';
import { type EmailsReading, emailsModel } from './emails-model.ts';
import { emailsAsCsv, emailsAsWorkbook } from './export-emails.ts';

type C = Context<StaffEnv>;

const exports = {
  csv: { mediaType: 'text/csv; charset=utf-8', write: emailsAsCsv },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: emailsAsWorkbook,
  },
} as const;

/** Every e-mail to every person: by period, purpose, state and people, as a table for spreadsheets, and as kept views. */
export function addEmails(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.emails, async (c) =>
    page(c, <EmailsScreen view={c.var.view} model={await emailsModel(readingOf(needs, c))} />),
  );
  app.get(paths.fragment('emails', 'list'), async (c) => {
    const view = viewAt(c.var.view, paths.emails);
    return fragment(
      c,
      <EmailsBody view={view} model={await emailsModel({ ...readingOf(needs, c), view })} />,
    );
  });
  app.get(paths.exportEmails, async (c) => {
    await catchUp(needs.database);
    const format = c.req.query('format') === 'xlsx' ? 'xlsx' : 'csv';
    const today = dayIn(c.var.company.timeZone, needs.clock());
    c.header('Content-Type', exports[format].mediaType);
    c.header('Content-Disposition', `attachment; filename="e-mails-${today}.${format}"`);
    const written = exports[format].write(readingOf(needs, c));
    return c.body(Readable.toWeb(written) as ReadableStream<Uint8Array<ArrayBuffer>>);
  });
  addFigures(app, needs);
  app.post(paths.emailViews, (c) => keep(needs, c));
  app.post('/emails/views/:id/forget', async (c) => {
    const done = await inCompany(needs.database, c.var.company.id, (tx) =>
      forgetView(tx, ownerOf(c), c.req.param('id') ?? ''),
    );
    return done ? seeOther(needs, c, paths.emails) : answerProblem(c, 'not_found');
  });
}

async function keep(needs: WebNeeds, c: C): Promise<Response> {
  const form = await readForm(c);
  const given = { name: form.text('name'), query: readQuery(form.text('query')) };
  const kept = await inCompany(needs.database, c.var.company.id, (tx) =>
    keepView(tx, ownerOf(c), given, needs.clock()),
  );
  const path = given.query === '' ? paths.emails : `${paths.emails}?${given.query}`;
  const { t } = c.var.view;
  if (kept.ok)
    return seeOther(needs, c, path, { state: 'opened', text: t('emails.views.kept', { name: given.name }) });
  return seeOther(needs, c, path, { state: 'failed', text: t(`emails.views.${kept.reason}`) });
}

/** The query of an address, written anew so that nothing but names and values is in it. */
function readQuery(text: string): string {
  const query = new URLSearchParams(text);
  query.delete('cursor');
  return query.toString();
}

function ownerOf(c: C) {
  return { companyId: c.var.company.id, userId: c.var.session.user.id, place: 'emails' as const };
}

function readingOf(needs: WebNeeds, c: C): EmailsReading {
  return { needs, view: c.var.view, company: c.var.company, query: c.req.query() };
}
