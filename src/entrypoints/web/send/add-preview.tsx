import type { Context } from 'hono';
import { letterParts } from '#domain/dispatch';
import { letterHtml, withLinks } from '#domain/templates';
import { inPassing } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { PreviewParts } from '../screens/send-preview.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, fragment } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { type Drafted, draftSend } from './draft-send.ts';
import { framedPolicy, setFramed } from './framed.ts';
import { formOfPost } from './send-form.ts';
import { sendModel } from './send-model.ts';
import { sendingOf } from './sending-of.ts';

/** What will be sent, drawn from the form as it stands: parts of the window, the letter itself, or the customer's page. */
export function addPreview(app: StaffApp, needs: WebNeeds): void {
  app.post(paths.preview, (c) => preview(needs, c));
}

async function preview(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const posted = await readForm(c);
  const form = formOfPost(posted);
  if (!form) return answerProblem(c, 'not_found');
  const sending = sendingOf(needs, c);
  const { view, company } = c.var;
  const as = posted.text('as');
  const result = await inPassing(needs.database, company.id, async (tx) => {
    const drafted = await draftSend(tx, sending, form);
    if (!drafted || as !== 'portal') return { drafted, portal: null };
    const documentIds = form.documentIds;
    const { language } = drafted.draft;
    const url = paths.portalPreview(documentIds);
    return {
      drafted,
      portal: await needs.renderPortal(tx, { companyId: company.id, documentIds, language, url }),
    };
  });
  const { drafted, portal } = result;
  if (!drafted) return answerProblem(c, 'not_found');
  if (as === 'parts') {
    const { portalUrl, texts } = needs;
    const shown = { errors: {}, senderSaid: null, portalUrl, codesByText: texts !== null };
    return fragment(c, <PreviewParts view={view} model={sendModel(sending, drafted, shown)} />);
  }
  if (portal !== null) {
    setFramed(c, framedPolicy.portal);
    return c.html(portal);
  }
  return showLetter(needs, c, drafted);
}

/** The letter as mail programs show it. Its links lead nowhere: nobody's link exists yet. */
function showLetter(needs: WebNeeds, c: Context<StaffEnv>, { draft }: Drafted): Response | Promise<Response> {
  const nowhere = { page: `${needs.portalUrl}/d/…`, pixel: 'data:,', withdraw: '#', mode: draft.tracking };
  const html = withLinks(letterHtml(letterParts(draft, needs.portalUrl, needs.clock())), nowhere);
  setFramed(c, framedPolicy.mail(needs.portalUrl));
  return c.html(html);
}
