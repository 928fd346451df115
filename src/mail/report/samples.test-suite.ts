/** Reports written by hand, one or more per dialect, with what they say. All addresses are fictitious. */
export type Sample = {
  readonly dialect: string;
  readonly shows: string;
  readonly kind?: 'delay' | 'delivered';
  readonly mail: string;
  readonly recipients: readonly (readonly [string, string | null, string | null, number | null])[];
  readonly originalMessageId?: string;
};

const daemon = 'From: Mail Delivery System <MAILER-DAEMON@mx.sender.test>\nTo: billing@sender.test\n';
const original =
  'Received: from erp by mx.sender.test; Mon, 2 Mar 2026 09:00:00 +0100\nFrom: billing@sender.test\nTo: anna@shop.test\nSubject: Invoice 17\nMessage-ID: <inv-17@sender.test>\nDate: Mon, 2 Mar 2026 09:00:00 +0100\n\nGood day\n';

const report = (fields: string, words = 'A mail came back.'): string =>
  `${daemon}Subject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n--b\nContent-Type: text/plain\n\n${words}\n\n--b\nContent-Type: message/delivery-status\n\n${fields}\n--b\nContent-Type: message/rfc822\n\n${original}\n--b--\n`;

const plain = (subject: string, words: string, from = daemon): string =>
  `${from}Subject: ${subject}\n\n${words}\n`;

export const samples: readonly Sample[] = [
  {
    dialect: 'rfc3464',
    shows: 'all recipients, each with its own end',
    mail: report(
      'Reporting-MTA: dns; mx.sender.test\n\nOriginal-Recipient: rfc822;anna+2Bb@shop.test\nFinal-Recipient: rfc822; anna@store.test\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1\n unknown user\n\nFinal-Recipient: RFC822; <ben@shop.test>\nAction: delayed\nStatus: 4.2.2 (full)\nDiagnostic-Code: smtp; 452 4.2.2 over quota\n\nFinal-Recipient: utf-8; caf\\x{E9}@shop.test\nAction: delivered\nStatus: 2.0.0\n',
    ),
    recipients: [
      ['anna+b@shop.test', 'mailbox_unknown', '5.1.1', 550],
      ['ben@shop.test', 'mailbox_full', '4.2.2', 452],
      ['café@shop.test', null, '2.0.0', null],
    ],
    originalMessageId: 'inv-17@sender.test',
  },
  {
    dialect: 'rfc3464',
    shows: 'a warning is a delay, not a bounce',
    kind: 'delay',
    mail: report(
      'Final-Recipient: rfc822; anna@shop.test\nAction: delayed\nStatus: 4.4.1\nDiagnostic-Code: smtp; 451 4.4.1 no answer from host\n',
    ),
    recipients: [['anna@shop.test', 'network', '4.4.1', 451]],
  },
  {
    dialect: 'rfc3464',
    shows: 'a notice of success',
    kind: 'delivered',
    mail: report('Final-Recipient: rfc822; anna@shop.test\nAction: relayed\nStatus: 2.1.9\n'),
    recipients: [['anna@shop.test', null, '2.1.9', null]],
  },
  {
    dialect: 'rfc3464',
    shows: 'a refusal by reputation does not blame the address, whatever its words',
    mail: report(
      'Final-Recipient: rfc822; anna@shop.test\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.7.1 user unknown or sender blocked\n',
    ),
    recipients: [['anna@shop.test', 'policy', '5.7.1', 550]],
  },
  {
    dialect: 'rfc3464',
    shows: '"unknown user" after the whole mail is the doing of a filter',
    mail: report(
      'Final-Recipient: rfc822; anna@shop.test\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 Unknown user\n',
      '<anna@shop.test>: host mx.shop.test said: 550 Unknown user (in reply to end of DATA command)',
    ),
    recipients: [['anna@shop.test', 'policy', '5.0.0', 550]],
  },
  {
    dialect: 'rfc3464',
    shows: 'names that every object has are only names',
    mail: report(
      '__proto__: x\nconstructor: y\nFinal-Recipient: rfc822; anna@shop.test\ntoString: z\nAction: failed\nStatus: 5.2.2\n',
    ),
    recipients: [['anna@shop.test', 'mailbox_full', '5.2.2', null]],
  },
  {
    dialect: 'exim',
    shows: 'several addresses with their reasons',
    mail: plain(
      'Mail delivery failed: returning message to sender',
      `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  anna@shop.test\n    SMTP error from remote mail server after RCPT TO:<anna@shop.test>:\n    host mx.shop.test [192.0.2.1]: 550 No such user here\n  ben@nowhere.test\n    Unrouteable address\n\n------ This is a copy of the message, including all the headers. ------\n\n${original}`,
    ),
    recipients: [
      ['anna@shop.test', 'mailbox_unknown', null, 550],
      ['ben@nowhere.test', 'domain_unknown', null, null],
    ],
    originalMessageId: 'inv-17@sender.test',
  },
  {
    dialect: 'qmail',
    shows: 'several addresses with their reasons',
    mail: plain(
      'failure notice',
      `Hi. This is the qmail-send program at mx.sender.test.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<anna@shop.test>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 unknown user\nGiving up on 192.0.2.1.\n\n<ben@shop.test>:\n192.0.2.1 failed after I sent the message.\nRemote host said: 552 5.3.4 message too large\n\n--- Below this line is a copy of the message.\n\n${original}`,
    ),
    recipients: [
      ['anna@shop.test', 'mailbox_unknown', null, 550],
      ['ben@shop.test', 'too_big', '5.3.4', 552],
    ],
    originalMessageId: 'inv-17@sender.test',
  },
  {
    dialect: 'yahoo',
    shows: 'its form of the same',
    mail: plain(
      'Failure Notice',
      'Sorry, we were unable to deliver your message to the following address.\n\n<anna@shop.test>:\n550: <anna@shop.test>: User unknown\n',
    ),
    recipients: [['anna@shop.test', 'mailbox_unknown', null, 550]],
  },
  {
    dialect: 'postfix_text',
    shows: 'without the part for machines',
    mail: plain(
      'Undelivered Mail Returned to Sender',
      "This is the mail system at host mx.sender.test.\n\nI'm sorry to have to inform you that your message could not\nbe delivered.\n\n<anna@shop.test>: host mx.shop.test[192.0.2.1] said: 550 5.7.1\n    Client host blocked using list.test (in reply to RCPT TO command)\n",
    ),
    recipients: [['anna@shop.test', 'policy', '5.7.1', 550]],
  },
  {
    dialect: 'sendmail_old',
    shows: 'a transcript with two conversations',
    mail: plain(
      'Returned mail: User unknown',
      `   ----- Transcript of session follows -----\nWhile talking to mx.shop.test:\n>>> RCPT To:<anna@shop.test>\n<<< 550 <anna@shop.test>... User unknown\n550 <anna@shop.test>... User unknown\n550 <ben@nowhere.test>... Host unknown\n\n   ----- Unsent message follows -----\n${original}`,
    ),
    recipients: [
      ['anna@shop.test', 'mailbox_unknown', null, 550],
      ['ben@nowhere.test', 'domain_unknown', null, 550],
    ],
  },
  {
    dialect: 'opensmtpd',
    shows: 'its list',
    mail: plain(
      'Delivery status notification: error',
      '    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n    An error has occurred while attempting to deliver a message for\n    the following list of recipients:\n\nanna@shop.test: 550 5.2.1 mailbox disabled\n\n    Below is a copy of the original message:\n',
    ),
    recipients: [['anna@shop.test', 'mailbox_disabled', '5.2.1', 550]],
  },
  {
    dialect: 'dragonfly',
    shows: 'one address in a sentence',
    mail: plain(
      'Mail delivery failed',
      'This is the DragonFly Mail Agent v0.13 at mx.sender.test.\n\nThere was an error delivering your mail to <anna@shop.test>.\n\nmx.shop.test [192.0.2.1] did not like our RCPT TO:\n550 5.1.1 no such user\n\nMessage headers follow.\n',
    ),
    recipients: [['anna@shop.test', 'mailbox_unknown', '5.1.1', 550]],
  },
  {
    dialect: 'exchange2003',
    shows: 'its sentences and codes',
    mail: plain(
      'Undeliverable: Invoice 17',
      'Your message\n\n  To:      anna@shop.test\n  Subject: Invoice 17\n\ndid not reach the following recipient(s):\n\nanna@shop.test on Mon, 2 Mar 2026 09:00:00 +0100\n    The recipient name is not recognized\n    MSEXCH:IMS:SHOP:X:Y 0 (000C05A6) Unknown Recipient\n',
    ),
    recipients: [['anna@shop.test', 'mailbox_unknown', null, null]],
  },
  {
    dialect: 'exchange2007',
    shows: 'the part for administrators, here in German',
    mail: plain(
      'Unzustellbar: Rechnung 17',
      "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\nAnna (anna@shop.test)\n\nDiagnoseinformationen für Administratoren:\n\nGenerierender Server: mx.shop.test\n\nanna@shop.test\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found'\n\nUrsprüngliche Nachrichtenkopfzeilen:\n",
    ),
    recipients: [['anna@shop.test', 'mailbox_unknown', '5.1.10', 550]],
  },
  {
    dialect: 'gmail',
    shows: 'the old form, a delay',
    kind: 'delay',
    mail: plain(
      'Delivery Status Notification (Delay)',
      'THIS IS A WARNING MESSAGE ONLY.\n\nYOU DO NOT NEED TO RESEND YOUR MESSAGE.\n\nDelivery to the following recipient has been delayed:\n\n     anna@shop.test\n\nMessage will be retried for 2 more day(s)\n',
      'From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nTo: billing@sender.test\n',
    ),
    recipients: [['anna@shop.test', 'expired', null, null]],
  },
  {
    dialect: 'google_groups',
    shows: 'a group that takes no mail from outside, in Dutch',
    mail: plain(
      'Delivery Status Notification (Failure)',
      'Hallo billing@sender.test,\n\nDe groep bestaat niet of u mag er niet in schrijven.\n\nGoogle Groups\nhttps://groups.google.com/support/\n',
      'From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nTo: billing@sender.test\nX-Failed-Recipients: team@shop.test\n',
    ),
    recipients: [['team@shop.test', 'policy', null, null]],
  },
  {
    dialect: 'notes',
    shows: 'the reason above the address',
    mail: plain(
      'Undeliverable message',
      '------- Failure Reasons  --------\n\nUser not listed in public Name & Address Book\nanna@shop.test\n\n------- Returned Message --------\n',
    ),
    recipients: [['anna@shop.test', 'mailbox_unknown', null, null]],
  },
  {
    dialect: 'domino',
    shows: 'the address before "because"',
    mail: plain(
      'DELIVERY FAILURE: no route',
      'Your message\n\n  Subject: Invoice 17\n\nwas not delivered to:\n\n  anna@shop.test\n\nbecause:\n\n  No route found to domain SHOP\n',
    ),
    recipients: [['anna@shop.test', 'domain_unknown', null, null]],
  },
  {
    dialect: 'imail',
    shows: 'reason and address in one line',
    mail: plain('Undeliverable Mail', 'Unknown user: anna@shop.test\n\nOriginal message follows.\n'),
    recipients: [['anna@shop.test', 'mailbox_unknown', null, null]],
  },
  {
    dialect: 'kddi',
    shows: 'its sentences',
    mail: plain(
      'Returned mail',
      'Your mail sent on: Mon, 2 Mar 2026 09:00:00 +0900\n    Could not be delivered to: <anna@shop.test>\n    As their mailbox is full.\n',
    ),
    recipients: [['anna@shop.test', 'mailbox_full', null, null]],
  },
  {
    dialect: 'ezweb',
    shows: 'an account that is closed',
    mail: plain(
      'Mail System Error - Returned Mail',
      'The user(s) account is disabled.\n\n<anna@ezweb.ne.jp>: 550 user unknown (in reply to RCPT TO command)\n',
      'From: <Postmaster@ezweb.ne.jp>\nTo: billing@sender.test\n',
    ),
    recipients: [['anna@ezweb.ne.jp', 'mailbox_disabled', null, 550]],
  },
  {
    dialect: 'fml',
    shows: 'a list that takes mails of members only',
    mail: plain(
      'You billing@sender.test are not member (shop ML)',
      'You are not a member of this mailing list <shop@lists.test>.\n',
      'From: shop-admin@lists.test\nTo: billing@sender.test\nX-MLServer: fml [fml 4.0]\n',
    ),
    recipients: [['shop@lists.test', 'policy', null, null]],
  },
  {
    dialect: 'mfilter',
    shows: 'message and command apart',
    mail: plain(
      'failure notice',
      'anna@shop.test\n\n-------server message\n550 5.1.1 unknown user <anna@shop.test>\n-------SMTP command\nRCPT\n-------original message\n',
    ),
    recipients: [['anna@shop.test', 'mailbox_unknown', '5.1.1', 550]],
  },
  {
    dialect: 'messaging_server',
    shows: 'its labels',
    mail: plain(
      'Delivery Notification: Delivery has failed',
      'Your message cannot be delivered to the following recipients:\n\n  Recipient address: anna@shop.test\n  Reason: Remote SMTP server has rejected address\n  Diagnostic code: smtp;550 user unknown\n',
    ),
    recipients: [['anna@shop.test', 'mailbox_unknown', null, 550]],
  },
  {
    dialect: 'trend_micro',
    shows: 'the conversation',
    mail: plain(
      'Mail could not be delivered',
      'Sent <<< RCPT TO:<anna@shop.test>\nReceived >>> 550 5.1.1 <anna@shop.test>... user unknown\n',
    ),
    recipients: [['anna@shop.test', 'mailbox_unknown', '5.1.1', 550]],
  },
  {
    dialect: 'mail_marshal',
    shows: 'the reason above the addresses',
    mail: plain(
      'Undeliverable Mail: "Invoice 17"',
      'Your message:\n   From:    billing@sender.test\n   Subject: Invoice 17\n\nCould not be delivered because of\n\n550 5.1.1 User unknown\n\nThe following recipients were affected:\n    anna@shop.test\n\nAdditional Information\n',
    ),
    recipients: [['anna@shop.test', 'mailbox_unknown', '5.1.1', 550]],
  },
  {
    dialect: 'verizon',
    shows: 'a telephone that is not there',
    mail: plain(
      'Re: Invoice',
      'Error: Invalid user address\n\nError message below:\n550 - Requested action not taken: no such user here\n\nMessage details:\n  MAIL FROM: billing@sender.test\n  RCPT TO: 5550100@vtext.com\n',
      'From: post_master@vtext.com\nTo: billing@sender.test\n',
    ),
    recipients: [['5550100@vtext.com', 'policy', null, 550]],
  },
  {
    dialect: 'error_list',
    shows: 'address and reason in one sentence',
    mail: plain(
      'There was an error sending your mail',
      '1 error(s):\n\nThe following recipients returned permanent errors: anna@shop.test. Reason: SMTP Server <192.0.2.1> refused (RCPT TO), with: [550 5.1.1 no such user]\n',
    ),
    recipients: [['anna@shop.test', 'mailbox_unknown', '5.1.1', 550]],
  },
  {
    dialect: 'amazon_ses',
    shows: 'a notification with two recipients',
    mail: plain(
      'AWS Notification Message',
      JSON.stringify({
        Type: 'Notification',
        Message: JSON.stringify({
          notificationType: 'Bounce',
          bounce: {
            bouncedRecipients: [
              {
                emailAddress: 'anna@shop.test',
                action: 'failed',
                status: '5.1.1',
                diagnosticCode: 'smtp; 550 5.1.1 user unknown',
              },
              {
                emailAddress: 'ben@shop.test',
                action: 'failed',
                status: '5.2.2',
                diagnosticCode: 'smtp; 552 5.2.2 mailbox full',
              },
            ],
          },
        }),
      }),
      'From: SES <no-reply@sns.amazonaws.com>\nTo: billing@sender.test\n',
    ),
    recipients: [
      ['anna@shop.test', 'mailbox_unknown', '5.1.1', 550],
      ['ben@shop.test', 'mailbox_full', '5.2.2', 552],
    ],
  },
  {
    dialect: 'plain_text',
    shows: 'a program that nobody knows',
    mail: plain(
      'Undeliverable: Invoice 17',
      'Delivery to the following recipients failed permanently:\n\n   * anna@shop.test\n\nReason: 550 5.2.1 account is disabled\n',
    ),
    recipients: [['anna@shop.test', 'mailbox_disabled', '5.2.1', 550]],
  },
];
