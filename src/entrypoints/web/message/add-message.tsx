import type { Context } from 'hono';
import { isId } from '#base/ids';
import { getDispatches } from '#domain/dispatch';
import { getMessages, readMailBytes } from '#domain/outbox';
import { readMail } from '#mail/mime';
import { inCompany, type Tx } from '#stores/database';
import { LiveMessageEnvelope, paths } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import { MessageHistory } from '../screens/message.tsx';
import { framedPolicy, setFramed } from '../send/framed.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, fragment } from '../staff/page.tsx';
import { addDecisions } from './add-decisions.ts';
import { addEmails } from './add-emails.tsx';
import { addFrozenPage } from './add-frozen-page.tsx';
import { framedMail } from './framed-mail.ts';
import { messageEnvelope } from './message-model.ts';
import { readModel, showMessage } from './show-message.tsx';

/** One e-mail: exactly as sent, what touched it, what the servers said, and what a person decides about it. */
export function addMessage(app: StaffApp, needs: WebNeeds): void {
  addEmails(app, needs); // before the pages by id: its export lies below the same path
  app.get('/emails/:id', (c) => showMessage(needs, c));
  app.get('/emails/:id/frame', (c) => showFrame(needs, c));
  app.get('/emails/:id/raw', (c) => sendRaw(needs, c));
  app.get('/fragments/message/:id', (c) => showHistory(needs, c));
  app.get('/fragments/message-envelope/:id', (c) => showEnvelope(needs, c));
  addFrozenPage(app, needs);
  addDecisions(app, needs);
}

async function showHistory(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const model = await readModel(needs, c);
  if (!model) return c.body(null, 404);
  return fragment(c, <MessageHistory view={c.var.view} model={model} />);
}

async function showEnvelope(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const { company, view } = c.var;
  if (!isId('message', id)) return c.body(null, 404);
  const envelope = await inCompany(needs.database, company.id, (tx) => messageEnvelope(tx, company.id, id));
  if (!envelope) return c.body(null, 404);
  return fragment(c, <LiveMessageEnvelope view={view} message={id} envelope={envelope} />);
}

function readBytes(needs: WebNeeds, c: Context<StaffEnv>): Promise<Buffer | null> {
  const id = c.req.param('id') ?? '';
  const { company } = c.var;
  if (!isId('message', id)) return Promise.resolve(null);
  return inCompany(needs.database, company.id, async (tx) =>
    (await isHidden(tx, company.id, id)) ? null : readMailBytes(tx, needs.files, company.id, id),
  );
}

/** A mail that may carry a code is nobody's business but the recipient's: a code that staff can read proves nothing. */
async function isHidden(tx: Tx<WebTables>, companyId: string, id: string): Promise<boolean> {
  const [message] = await getMessages(tx, companyId, { ids: [id] });
  return message?.role === 'notification';
}

/** The mail as its recipient sees it. It runs nothing, loads no pixel; its link to the portal opens the page as it was, others nothing. */
async function showFrame(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const bytes = await readBytes(needs, c);
  const read = bytes ? await readMail(bytes, { maxBytes: bytes.length }) : null;
  setFramed(c, framedPolicy.archived(needs.portalUrl));
  if (!read?.ok) return c.html(framedMail({ note: await whyNot(needs, c) }, needs.portalUrl));
  return c.html(framedMail(read.mail, needs.portalUrl, paths.frozenPages(c.req.param('id') ?? '')));
}

/** The exact bytes that were handed over. */
async function sendRaw(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const bytes = await readBytes(needs, c);
  if (!bytes) return answerProblem(c, 'not_found', { sentence: await whyNot(needs, c) });
  return c.body(new Uint8Array(bytes), 200, {
    'Content-Type': 'message/rfc822',
    'Content-Disposition': `attachment; filename="${c.req.param('id')}.eml"`,
  });
}

/** Why there is no mail to be shown. */
async function whyNot(needs: WebNeeds, c: Context<StaffEnv>): Promise<string> {
  const { company, view } = c.var;
  const id = c.req.param('id') ?? '';
  return inCompany(needs.database, company.id, async (tx) => {
    if (await isHidden(tx, company.id, id)) return view.t('message.hidden');
    const [message] = await getMessages(tx, company.id, { ids: [id] });
    const [dispatch] = message ? await getDispatches(tx, company.id, { ids: [message.dispatchId] }) : [];
    const erasedAt = dispatch?.contentErasedAt;
    return erasedAt
      ? view.t('erase.erased', { time: view.format.dateTime(erasedAt) })
      : view.t('message.notYet');
  });
}
