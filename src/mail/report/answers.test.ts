import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeReport, readReport } from './index.ts';

const read = (mail: string) => readReport(Buffer.from(mail.replaceAll('\n', '\r\n')));
const answer = (headers: string, text: string) =>
  read(
    `From: Anna <anna@shop.test>\nTo: billing@sender.test\nMessage-ID: <a1@shop.test>\nDate: Mon, 2 Mar 2026 09:00:00 +0100\n${headers}\n\n${text}\n`,
  );

test('a complaint names its type and its recipients', async () => {
  const report = await read(
    'From: fbl@provider.test\nSubject: complaint\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary="b"\n\n--b\nContent-Type: text/plain\n\nAn abuse report.\n\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: Abuse\nUser-Agent: F/1\nVersion: 1\nOriginal-Rcpt-To: <anna@shop.test>\nOriginal-Rcpt-To: ben@shop.test\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <inv-17@sender.test>\nFrom: billing@sender.test\n\nGood day\n--b--\n',
  );
  assert.equal(report.kind, 'complaint');
  assert.equal(report.feedbackType, 'abuse');
  assert.equal(report.originalMessageId, 'inv-17@sender.test');
  assert.deepEqual(
    report.recipients.map(({ address }) => address),
    ['anna@shop.test', 'ben@shop.test'],
  );
});

test('a receipt says what a program did, and whether by hand', async () => {
  const receipt = (disposition: string) =>
    read(
      `From: anna@shop.test\nSubject: Read: Invoice 17\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=disposition-notification; boundary="b"\n\n--b\nContent-Type: text/plain\n\nSeen.\n\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;anna@shop.test\nOriginal-Message-ID: <inv-17@sender.test>\nDisposition: ${disposition}\n\n--b--\n`,
    );
  const displayed = await receipt('manual-action/MDN-sent-manually; displayed');
  assert.equal(displayed.kind, 'read_receipt');
  assert.deepEqual(displayed.disposition, { type: 'displayed', byHand: true });
  assert.equal(displayed.originalMessageId, 'inv-17@sender.test');
  const deleted = await receipt('automatic-action/MDN-sent-automatically; deleted');
  assert.deepEqual(deleted.disposition, { type: 'deleted', byHand: false });
});

const absences: readonly (readonly [subject: string, text: string, until: string | null])[] = [
  ['Automatic reply: Invoice 17', 'I am out of the office until 13 March.', '2026-03-13'],
  ['Out of Office: Invoice', 'I will be back on March 16th, 2026.', '2026-03-15'],
  ['Automatische Antwort: Rechnung 17', 'Ich bin bis zum 13.03.2026 nicht erreichbar.', '2026-03-13'],
  ['Abwesenheitsnotiz', 'Ich bin bis einschließlich Freitag, 13. März abwesend.', '2026-03-13'],
  ['Réponse automatique : Facture', "Je suis absente jusqu'au 13 mars 2026.", '2026-03-13'],
  ['Risposta automatica: Fattura', 'Sono assente fino al 13 marzo.', '2026-03-13'],
  ['Automatisch antwoord: Factuur', 'Ik ben afwezig tot en met 13 maart.', '2026-03-13'],
  ['Răspuns automat: Factura', 'Lipsesc până la 13 martie.', '2026-03-13'],
  ['Automatic reply: Invoice', 'I am away until 4/5.', null],
  ['Automatic reply: Invoice', 'I am away until 2 January.', '2027-01-02'],
  ['Automatic reply: Invoice', 'I am away until 31 February 2026.', null],
];

for (const [subject, text, until] of absences) {
  test(`an automatic reply, "${subject}", "${text}": until ${until}`, async () => {
    const report = await answer(
      `Subject: =?UTF-8?B?${Buffer.from(subject).toString('base64')}?=\nContent-Type: text/plain; charset=utf-8`,
      text,
    );
    assert.equal(report.kind, 'auto_reply');
    assert.equal(report.absentUntil, until);
    assert.equal(report.text, text);
    assert.deepEqual(
      report.recipients.map(({ address, action }) => [address, action]),
      [['anna@shop.test', null]],
    );
  });
}

test('headers of automatic replies count without a telling subject', async () => {
  for (const header of [
    'Auto-Submitted: auto-replied (vacation)',
    'X-Autoreply: yes',
    'Precedence: auto_reply',
    'In-Reply-To: <inv-17@sender.test>\nX-Auto-Response-Suppress: All\nAuto-Submitted: auto-generated',
  ])
    assert.equal((await answer(`Subject: Hello\n${header}`, 'Away.')).kind, 'auto_reply', header);
});

test('a human reply comes without what it quotes', async () => {
  const quotes = [
    'On Mon, 2 Mar 2026 at 09:00, Billing <billing@sender.test> wrote:\n> Good day',
    'On Mon, 2 Mar 2026 at 09:00, Billing\n<billing@sender.test> wrote:\n> Good day',
    'Am 02.03.2026 um 09:00 schrieb Billing:\n> Guten Tag',
    'Le lun. 2 mars 2026 à 09:00, Billing a écrit :\n> Bonjour',
    'Il giorno lun 2 mar 2026 Billing ha scritto:\n> Buongiorno',
    'Op ma 2 mrt 2026 schreef Billing:\n> Goedendag',
    'În lun., 2 mar. 2026 la 09:00, Billing a scris:\n> Bună ziua',
    '-----Original Message-----\nFrom: billing@sender.test\nGood day',
    'Von: Billing <billing@sender.test>\nGesendet: Montag, 2. März 2026\nAn: Anna\nGuten Tag',
  ];
  for (const quote of quotes) {
    const report = await answer(
      'Subject: Re: Invoice 17\nIn-Reply-To: <inv-17@sender.test>\nContent-Type: text/plain; charset=utf-8',
      `Thank you, paid today.\n\nAnna\n\n${quote}`,
    );
    assert.equal(report.kind, 'reply', quote);
    assert.equal(report.text, 'Thank you, paid today.\n\nAnna', quote);
    assert.equal(report.originalMessageId, 'inv-17@sender.test');
  }
});

test('a person who answers or passes on a bounce has not bounced', async () => {
  const words =
    'See below\n\nFinal-Recipient: rfc822; ben@shop.test\nAction: failed\nStatus: 5.1.1\n\nMail delivery failed: returning message to sender\n';
  assert.equal(
    (await answer('Subject: Re: Undelivered Mail Returned to Sender\nIn-Reply-To: <x@shop.test>', words))
      .kind,
    'reply',
  );
  assert.equal((await answer('Subject: Fwd: Undelivered Mail Returned to Sender', words)).kind, 'none');
});

test('mail of lists and of anybody is none', async () => {
  assert.equal(
    (await answer('Subject: News\nList-Id: <news.shop.test>\nIn-Reply-To: <n@shop.test>', 'Sale!')).kind,
    'none',
  );
  assert.equal((await answer('Subject: Question', 'Do you sell chairs?')).kind, 'none');
});

test('what is printed has the names of the contract and nothing else', async () => {
  const described = describeReport(
    await answer('Subject: Re: Invoice\nIn-Reply-To: <i@sender.test>', 'Thanks.'),
  );
  assert.deepEqual(Object.keys(described), ['kind', 'originalMessageId', 'recipients']);
  assert.deepEqual(Object.keys(described.recipients[0]!), [
    'address',
    'action',
    'status',
    'smtpCode',
    'class',
    'permanent',
    'diagnostic',
  ]);
});
