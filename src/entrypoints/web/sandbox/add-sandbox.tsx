import type { Context } from 'hono';
import { getMessages } from '#domain/outbox';
import { playMail } from '#domain/tracking';
import { getSandboxMail } from '#domain/transports';
import { type ReadMail, readMail } from '#mail/mime';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { SandboxMailScreen, SandboxScreen } from '../screens/sandbox.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerMail } from '../staff/mail-frame.ts';
import { answerProblem, page } from '../staff/page.tsx';
import type { OpenedMail } from './opened-mail.ts';
import { mailModel, readPlace, sandboxModel } from './sandbox-model.ts';

type C = Context<StaffEnv>;

/** The mails that stayed in the house, as their customers would get them; whoever opens one plays the customer. */
export function addSandbox(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.sandbox, async (c) => {
    const model = await sandboxModel(needs, c.var.company.id, readPlace(c.req.query('before')));
    return page(c, <SandboxScreen view={c.var.view} model={model} />);
  });
  app.get('/sandbox/:id', async (c) => {
    const found = await openMail(needs, c);
    if (!found) return answerProblem(c, 'not_found');
    return page(c, <SandboxMailScreen view={c.var.view} model={mailModel(needs, found)} />);
  });
  app.get('/sandbox/:id/frame', async (c) => {
    const found = await openMail(needs, c);
    if (!found) return c.body(null, 404);
    const html = found.mail.html === undefined ? undefined : found.played;
    // The pixel and the company's logo: here they load, because that is what the customer's program does.
    return answerMail(c, { html, text: found.mail.text }, [new URL(needs.portalUrl).origin]);
  });
  app.get('/sandbox/:id/attachments/:number', async (c) => {
    const found = await openMail(needs, c);
    const file = found?.mail.attachments[Number(c.req.param('number'))];
    return file ? answerFile(file) : c.body(null, 404);
  });
}

async function openMail(needs: WebNeeds, c: C): Promise<OpenedMail | null> {
  const { id } = c.var.company;
  const messageId = c.req.param('id') ?? '';
  const { kept, message } = await inCompany(needs.database, id, async (tx) => ({
    kept: await getSandboxMail(tx, id, messageId),
    message: (await getMessages(tx, id, { ids: [messageId] }))[0],
  }));
  if (!kept) return null;
  // Envoi made it itself, at whatever size it was let to have.
  const read = await readMail(kept.raw, { maxBytes: 100 * 2 ** 20 });
  if (!read.ok) return null;
  const played = playMail(read.mail.html ?? '', { ...needs, messageId: kept.messageId });
  return { ...kept, isCopy: message?.role === 'copy', mail: read.mail, played };
}

/** A file from a mail is saved and never shown: whatever it holds, it is nothing of ours. */
function answerFile(file: ReadMail['attachments'][number]): Response {
  const plain = file.name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(file.name).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16)}`,
  );
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      'content-type': 'application/octet-stream',
      // RFC 6266 §4.3
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${exact}`,
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
}
