import type { Context } from 'hono';
import { isId } from '#base/ids';
import { replaceDocumentWithCustomer } from '#domain/customers';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, ownPath, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { byOf } from './author.ts';
import { startDrawing, takeFile, type UploadResult } from './take-file.ts';
import { titleOf, uploadSentence } from './upload-words.ts';

/** Files come in: many new documents, or a new version of one. */
export function addUpload(app: StaffApp, needs: WebNeeds): void {
  app.post(paths.upload, (c) => takeUpload(needs, c));
  app.post('/documents/:id/versions', (c) => takeVersion(needs, c));
}

async function takeUpload(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const { view } = c.var;
  const form = await readForm(c);
  const customer = form.text('customer');
  const customerId = isId('customer', customer) ? customer : null;
  const results: { readonly name: string; readonly result: UploadResult }[] = [];
  for (const file of form.files('file'))
    results.push({ name: file.name, result: await takeFile(needs, c, file, customerId) });
  const [first, ...others] = results;
  // The page sends each file by itself and shows what became of it; a plain form sends all at once and goes on.
  if (c.req.header('accept')?.includes('application/json'))
    return c.json(first ? answerOf(c, first.result) : { ok: false, sentence: view.t('upload.nothing') });
  const back = customerId ? paths.customer(customerId) : paths.documents;
  if (!first) return seeOther(needs, c, back, { state: 'failed', text: view.t('upload.nothing') });
  const isOnly = others.length === 0 && first.result.ok;
  return seeOther(needs, c, isOnly && first.result.ok ? paths.document(first.result.document.id) : back, {
    state: results.every(({ result }) => result.ok) ? 'opened' : 'failed',
    text: results
      .map(({ name, result }) => `${name}: ${uploadSentence(view, result)}`)
      .join(' ')
      .slice(0, 1500),
  });
}

function answerOf(c: Context<StaffEnv>, result: UploadResult) {
  const sentence = uploadSentence(c.var.view, result);
  if (!result.ok) return { ok: false, sentence };
  const { document } = result;
  return { ok: true, sentence, href: paths.document(document.id), title: titleOf(c.var.view, document) };
}

async function takeVersion(needs: WebNeeds, c: Context<StaffEnv>): Promise<Response> {
  const id = c.req.param('id') ?? '';
  if (!isId('document', id)) return answerProblem(c, 'not_found');
  const { view, company } = c.var;
  const form = await readForm(c);
  const file = form.file('file');
  const back = ownPath(form.text('back'), paths.document(id));
  const refuse = (reason: string): Response => {
    const key = `upload.refused.${reason}`;
    const size = view.format.bytes(needs.limits.documentBytes);
    const text = view.t.has(key) ? view.t(key, { size }) : view.t('upload.refused.broken_pdf');
    return seeOther(needs, c, back, { state: 'failed', text });
  };
  if (!file) return refuse('empty');
  if (file.size > needs.limits.documentBytes) return refuse('too_big');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const upload = { companyId: company.id, by: byOf(c), fileName: file.name, bytes };
  const replaced = await replaceDocumentWithCustomer(needs, id, upload, needs.clock());
  if (!replaced.ok)
    return replaced.reason === 'unknown_document' ? answerProblem(c, 'not_found') : refuse(replaced.reason);
  startDrawing(needs, replaced.document);
  const text = view.t(replaced.existed ? 'upload.existed' : 'upload.newVersion');
  return seeOther(needs, c, paths.document(replaced.document.id), { state: 'opened', text });
}
