import assert from 'node:assert/strict';
import { test } from 'node:test';
import { staffTexts } from '../texts/index.ts';

test('every problem of a dispatch has its sentence', () => {
  const reasons = [
    ...[
      'document_missing',
      'plan_limit',
      'document_incomplete',
      'document_canceled',
      'reminder_settled',
      'several_customers',
      'recipient_missing',
    ],
    ...['too_many_recipients', 'address_invalid', 'sender_missing', 'sender_broken', 'reply_to_invalid'],
    ...['kind_not_allowed', 'sender_not_allowed'],
    ...[
      'subject_missing',
      'subject_too_long',
      'text_missing',
      'text_too_long',
      'variable_missing',
      'nothing_to_see',
    ],
    ...['file_missing', 'file_name_invalid', 'too_big', 'send_at_invalid', 'language_unknown', 'xml_missing'],
  ];
  for (const reason of reasons) assert.ok(staffTexts('en').has(`send.wrong.${reason}`), reason);
});
