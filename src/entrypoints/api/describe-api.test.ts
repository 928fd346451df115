import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { apiDocument } from './api-document.ts';
import { renderDocs } from './docs-page.tsx';
import { docsPolicy } from './docs-style.ts';
import { problemCodes } from './problems.ts';

describe('the description of the API', () => {
  const document = apiDocument();

  test('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
    assert.equal(valid, true, JSON.stringify(errors));
    assert.equal(document.openapi, '3.1.0');
  });

  test('names every call of the contract that is there', () => {
    const calls = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    assert.deepEqual(
      calls.sort(),
      [
        'DELETE /api-keys/{id}',
        'DELETE /dispatches/{id}/legal-hold',
        'DELETE /domains/{id}',
        'DELETE /invitations/{id}',
        'DELETE /members/{id}',
        'DELETE /network/blocks/{id}',
        'DELETE /reminder-policies/{id}',
        'DELETE /send-rules/{id}',
        'DELETE /senders/{id}',
        'DELETE /senders/{id}/mailbox',
        'DELETE /single-sign-on',
        'DELETE /submission-logins/{id}',
        'DELETE /suppressions/{id}',
        'DELETE /templates/{id}',
        'DELETE /webhooks/{id}',
        'GET /api-keys',
        'GET /bank-entries',
        'GET /bank-imports',
        'GET /calendar',
        'GET /company',
        'GET /customers',
        'GET /customers/{id}',
        'GET /deliveries',
        'GET /dispatches',
        'GET /dispatches/{id}',
        'GET /dispatches/{id}/evidence',
        'GET /dispatches/{id}/receipts',
        'GET /documents',
        'GET /documents/{id}',
        'GET /documents/{id}/file',
        'GET /domains',
        'GET /domains/{id}',
        'GET /domains/{id}/settings.pdf',
        'GET /events',
        'GET /evidence-bundles',
        'GET /evidence-bundles/{id}',
        'GET /evidence-bundles/{id}/file',
        'GET /exports',
        'GET /exports/{id}',
        'GET /exports/{id}/file',
        'GET /invitations',
        'GET /legal-holds',
        'GET /members',
        'GET /members/{id}/digest',
        'GET /messages',
        'GET /messages/{id}',
        'GET /messages/{id}/events',
        'GET /messages/{id}/raw',
        'GET /network',
        'GET /network/blocks',
        'GET /network/partner',
        'GET /notices',
        'GET /person',
        'GET /plan',
        'GET /providers/incamail',
        'GET /providers/incamail/receipts',
        'GET /received',
        'GET /received/{id}',
        'GET /received/{id}/file',
        'GET /reminder-policies',
        'GET /reminders',
        'GET /responses',
        'GET /retention',
        'GET /runs',
        'GET /runs/{id}',
        'GET /runs/{id}/lines',
        'GET /send-rules',
        'GET /sender-rule',
        'GET /senders',
        'GET /senders/{id}',
        'GET /senders/{id}/mailbox',
        'GET /senders/{id}/self-test',
        'GET /single-sign-on',
        'GET /submission-logins',
        'GET /suppressions',
        'GET /templates',
        'GET /watched-folder',
        'GET /webhook-deliveries',
        'GET /webhook-deliveries/{id}',
        'GET /webhooks',
        'GET /webhooks/{id}',
        'PATCH /calendar',
        'PATCH /company',
        'PATCH /customers/{id}',
        'PATCH /documents/{id}',
        'PATCH /domains/{id}',
        'PATCH /members/{id}',
        'PATCH /network',
        'PATCH /reminder-policies/{id}',
        'PATCH /runs/{id}',
        'PATCH /send-rules/{id}',
        'PATCH /senders/{id}',
        'PATCH /watched-folder',
        'PATCH /webhooks/{id}',
        'POST /api-keys',
        'POST /bank-entries/{id}/confirm',
        'POST /bank-entries/{id}/ignore',
        'POST /bank-imports',
        'POST /company/close-links',
        'POST /customers',
        'POST /customers/import',
        'POST /deliveries/{id}/withdraw',
        'POST /dispatches',
        'POST /dispatches/{id}/cancel',
        'POST /dispatches/{id}/erase-content',
        'POST /dispatches/{id}/legal-hold',
        'POST /documents',
        'POST /documents/import',
        'POST /documents/{id}/close-links',
        'POST /documents/{id}/versions',
        'POST /domains',
        'POST /domains/{id}/check',
        'POST /evidence-bundles',
        'POST /exports',
        'POST /files',
        'POST /invitations',
        'POST /messages/{id}/release',
        'POST /messages/{id}/resend',
        'POST /messages/{id}/settle',
        'POST /notices/{id}/dismiss',
        'POST /person/erase',
        'POST /providers/incamail',
        'POST /providers/incamail/receipts/{id}/set-aside',
        'POST /providers/incamail/receipts/{id}/tie',
        'POST /received/{id}/accept',
        'POST /received/{id}/block',
        'POST /received/{id}/reject',
        'POST /reminder-policies',
        'POST /run-lines/{id}/leave-out',
        'POST /run-lines/{id}/send-again',
        'POST /runs',
        'POST /runs/{id}/cancel',
        'POST /runs/{id}/check',
        'POST /runs/{id}/pause',
        'POST /runs/{id}/resume',
        'POST /runs/{id}/start',
        'POST /runs/{id}/undo',
        'POST /send-rules',
        'POST /send-rules/{id}/test',
        'POST /senders',
        'POST /senders/{id}/confirm-code',
        'POST /senders/{id}/mail-code',
        'POST /senders/{id}/mailbox',
        'POST /senders/{id}/self-test',
        'POST /senders/{id}/self-test/source',
        'POST /senders/{id}/test',
        'POST /senders/{id}/validate',
        'POST /submission-logins',
        'POST /suppressions',
        'POST /templates/preview',
        'POST /webhook-deliveries/{id}/replay',
        'POST /webhooks',
        'POST /webhooks/{id}/replay',
        'POST /webhooks/{id}/rotate-secret',
        'POST /webhooks/{id}/test',
        'PUT /members/{id}/digest',
        'PUT /reminder-policies/order',
        'PUT /sender-rule',
        'PUT /single-sign-on',
        'PUT /templates',
      ].sort(),
    );
  });

  test('says of every POST that it takes an Idempotency-Key', () => {
    for (const [path, methods] of Object.entries(document.paths ?? {})) {
      const { parameters = [] } = (methods as { post?: { parameters?: { name: string }[] } }).post ?? {
        parameters: [{ name: 'Idempotency-Key' }],
      };
      assert.ok(
        parameters.some((one) => one.name === 'Idempotency-Key'),
        path,
      );
    }
  });

  test('gives each operation a name of its own', () => {
    const ids = [...JSON.stringify(document).matchAll(/"operationId":"(\w+)"/g)].map((match) => match[1]);
    assert.equal(new Set(ids).size, ids.length);
  });
});

describe('the documentation page', () => {
  test('needs no script and nothing from elsewhere, and explains every problem word', async () => {
    const page = await renderDocs(apiDocument());
    assert.doesNotMatch(page, /<script|<link|<img|@import|url\(/i);
    assert.doesNotMatch(page.replace(/<style>[\s\S]*?<\/style>/, ''), /\sstyle=/);
    for (const code of problemCodes) assert.ok(page.includes(`id="problem-${code}"`), code);
    assert.match(docsPolicy, /^default-src 'none'; style-src 'sha256-/);
  });

  test('has no link to a place that is not there', async () => {
    const page = await renderDocs(apiDocument());
    const ids = new Set([...page.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]));
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.has(target), target);
  });
});
