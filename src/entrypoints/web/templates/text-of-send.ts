import { textKindOf } from '#domain/dispatch';
import { variablesBack } from '#domain/templates';
import type { Tx } from '#stores/database';
import type { WebTables } from '../needs.ts';
import { draftSend, type Sending } from '../send/draft-send.ts';
import { formOfPost } from '../send/send-form.ts';
import type { PostedForm } from '../staff/read-form.ts';
import { type Editing, valuesOf } from './template-view.ts';

/** What the send window holds, as a template to be looked at: the one it came from, or a new one. Null without a document. */
export async function textOfSend(
  tx: Tx<WebTables>,
  sending: Sending,
  posted: PostedForm,
): Promise<Editing | null> {
  const form = formOfPost(posted);
  const drafted = form && (await draftSend(tx, sending, form));
  if (!drafted) return null;
  const { draft, request } = drafted;
  const values = valuesOf(draft, request, sending.now);
  const text = variablesBack({ subject: draft.subject, html: withBlock(draft.bodyHtml) }, values);
  const { template } = draft;
  return {
    id: template?.id ?? null,
    given: {
      kind: textKindOf(draft.documents),
      purpose: draft.purpose,
      language: draft.language,
      ...text,
      name: template?.name ?? '',
      senderId: template?.senderId ?? null,
      isDefault: template?.isDefault ?? true,
    },
    exampleId: draft.documents[0]?.id ?? '',
    fromSend: true,
  };
}

/** The place of the documents is a variable as well. */
function withBlock(html: string): string {
  return html.replaceAll('[[documents]]', '{{ documents.block }}');
}
