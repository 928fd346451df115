import { getLetters, getMessages } from '#domain/outbox';
import { engagementsOf } from '#domain/tracking';
import { getSandboxMail, listSandboxMails, type SandboxPage, type SandboxTables } from '#domain/transports';
import { formatAddress } from '#mail/address';
import { readMail } from '#mail/mime';
import { inCompany, type Tx } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import type { SandboxMailModel, SandboxModel } from '../screens/sandbox.tsx';
import type { OpenedMail } from './opened-mail.ts';

const perPage = 50;

type Place = SandboxPage['after'];

/** The page of the list that begins after a place, newest first. */
export async function sandboxModel(needs: WebNeeds, companyId: string, after: Place): Promise<SandboxModel> {
  return inCompany(needs.database, companyId, async (tx) => {
    const found = await listSandboxMails(tx, companyId, { limit: perPage + 1, after });
    const mails = found.slice(0, perPage);
    const ids = mails.map((mail) => mail.messageId);
    const messages = new Map((await getMessages(tx, companyId, { ids })).map((one) => [one.id, one]));
    const letterIds = [...new Set([...messages.values()].map((message) => message.letterId))];
    const letters = new Map((await getLetters(tx, letterIds)).map((letter) => [letter.id, letter]));
    const touched = new Map((await engagementsOf(tx, ids)).map((one) => [one.messageId, one]));
    const house = await houseSubjects(
      tx,
      companyId,
      ids.filter((id) => !messages.has(id)),
    );
    const rows = mails.map(({ messageId, recipient, receivedAt }) => {
      const letter = letters.get(messages.get(messageId)?.letterId ?? '');
      const engagement = touched.get(messageId);
      return {
        id: messageId,
        to: recipient,
        subject: letter?.subject ?? house.get(messageId) ?? '',
        at: receivedAt,
        isCopy: messages.get(messageId)?.role === 'copy',
        attachments: (letter?.attachments ?? []).map((file) => file.fileName),
        read: (engagement?.openedCount ?? 0) + (engagement?.viewedCount ?? 0) > 0,
      };
    });
    const last = found.length > perPage ? mails.at(-1) : undefined;
    return {
      rows,
      newer: after ? paths.sandbox : null,
      older: last ? `${paths.sandbox}?before=${writePlace(last)}` : null,
    };
  });
}

/** What mails of the house say: they have no letter, so each is read. */
async function houseSubjects(
  tx: Tx<SandboxTables>,
  companyId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const subjects = new Map<string, string>();
  for (const id of ids) {
    const mail = await getSandboxMail(tx, companyId, id);
    const read = mail && (await readMail(mail.raw));
    if (read?.ok) subjects.set(id, read.mail.subject);
  }
  return subjects;
}

/** One mail; its button leads where the link in the mail leads. */
export function mailModel({ portalUrl }: WebNeeds, opened: OpenedMail): SandboxMailModel {
  const { messageId, mail, recipient, receivedAt } = opened;
  return {
    id: messageId,
    from: mail.from ? formatAddress(mail.from.name ?? '', mail.from.address) : '',
    to: recipient,
    subject: mail.subject,
    at: receivedAt,
    isCopy: opened.isCopy,
    attachments: mail.attachments.map((file, number) => ({
      name: file.name,
      bytes: file.bytes.length,
      href: `${paths.sandboxMail(messageId)}/attachments/${number}`,
    })),
    portalUrl: firstLink(opened.played, portalUrl),
    message: messageId,
  };
}

/** The first link to the customer's page. */
function firstLink(html: string, portalUrl: string): string | null {
  const at = html.indexOf(`${portalUrl}/d/`);
  return at < 0 ? null : (/^[^"'<>\s]+/.exec(html.slice(at))?.[0] ?? null);
}

function writePlace({ receivedAt, messageId }: NonNullable<Place>): string {
  return `${receivedAt.getTime()}.${messageId}`;
}

export function readPlace(text: string | undefined): Place {
  const [, time, messageId] = /^(\d{1,15})\.(msg_\w{26})$/.exec(text ?? '') ?? [];
  return time && messageId ? { receivedAt: new Date(Number(time)), messageId } : undefined;
}
