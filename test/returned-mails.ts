import type { DeliveryState, Message } from '#domain/outbox';
import { keepMail, readReturns } from '#domain/returns';
import { asWorker } from '#stores/database';
import type { Installation } from '../src/roof/installation.ts';
import type { TestInstallation } from './installation.ts';

/** One recipient of a report, as RFC 3464 writes it. */
export interface Reportee {
  readonly address: string;
  readonly action?: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  readonly status?: string;
  readonly words?: string;
}

/** A delivery report as Postfix writes it, about a mail of which some headers are returned. */
export function deliveryReport(
  recipients: readonly Reportee[],
  returned: Readonly<Record<string, string>> = {},
  id = 'report-1@mx.example',
): Buffer {
  const fields = recipients.map(
    ({ address, action = 'failed', status = '5.1.1', words = '550 5.1.1 User unknown' }) =>
      `Final-Recipient: rfc822; ${address}\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; ${words}\n`,
  );
  const headers = Object.entries(returned).map(([name, value]) => `${name}: ${value}\n`);
  return crlf(`From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: sender@vautrin.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <${id}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system at host mx.example.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

${fields.join('\n')}
--b
Content-Type: text/rfc822-headers

${headers.join('')}Subject: Invoice

--b--
`);
}

/** A plain mail: an answer, an automatic one, a complaint's beginning. */
export function plainMail(headers: Readonly<Record<string, string>>, text: string): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);
  return crlf(`${lines.join('')}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n${text}\n`);
}

export const crlf = (text: string): Buffer => Buffer.from(text.replace(/\r?\n/g, '\r\n'));

/** Sends an invoice and puts its messages into a state by hand: no worker runs in these tests. */
export async function sentMessages(
  installation: TestInstallation,
  to: readonly string[],
  delivery: DeliveryState = 'handed_off',
): Promise<readonly Message[]> {
  const document = await installation.addInvoice();
  const messages = await installation.send(document, { to, copyToSender: false });
  await asWorker(installation.database, (tx) =>
    tx
      .updateTable('messages')
      .set({ delivery, first_tried_at: installation.clock() })
      .where('dispatch_id', '=', messages[0]?.dispatchId ?? '')
      .execute(),
  );
  return messages;
}

/** Lets a mail come back, to the return path of a message or into a mailbox, and has it read. */
export async function comeBack(
  installation: Pick<TestInstallation, keyof Installation | 'companyId'>,
  bytes: Buffer,
  to: { readonly messageId: string } | { readonly senderId: string | null },
): Promise<void> {
  const isPath = 'messageId' in to;
  await keepMail(installation, {
    companyId: installation.companyId,
    messageId: isPath ? to.messageId : null,
    senderId: isPath ? null : to.senderId,
    via: isPath ? 'return_path' : 'mailbox',
    envelopeFrom: '',
    clientIp: null,
    clientName: null,
    bytes,
  });
  while ((await readReturns(installation)) > 0);
}
