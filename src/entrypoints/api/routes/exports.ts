import { Readable } from 'node:stream';
import { askExport, type CompanyExport, getExports, packExport, recordDownload } from '#domain/exports';
import { json, refuse } from '../answer.ts';
import { type ApiTx, type Call, inOwnCompany } from '../call.ts';
import { once } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { listOf, page, toPage } from '../shapes/common.ts';
import { exportShape, showExport } from '../shapes/export.ts';

const tag = 'Export';

const ask = defineRoute({
  method: 'post',
  path: '/exports',
  operationId: 'askExport',
  tag,
  summary: 'Ask for everything that the company has, in one ZIP',
  description:
    'Made in the background: ask for it until its state is `ready`. While one is being made, that one is the answer. The owners get an e-mail when it is ready.',
  right: 'all',
  success: { kind: 'json', statuses: [202], schema: exportShape },
  handle: (call) =>
    once(call, async (tx) => json(showExport(await askExport(tx, requestOf(call), call.now)), 202)),
});

const list = defineRoute({
  method: 'get',
  path: '/exports',
  operationId: 'listExports',
  tag,
  summary: 'List exports, newest first',
  right: 'all',
  query: page,
  success: { kind: 'json', statuses: [200], schema: listOf(exportShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { limit, cursor } = call.query;
      const found = await getExports(tx, call.companyId, { before: cursor ?? null, limit: limit + 1 });
      return json(toPage(found, limit, (one) => one, found.slice(0, limit).map(showExport)));
    }),
});

const get = defineRoute({
  method: 'get',
  path: '/exports/{id}',
  operationId: 'getExport',
  tag,
  summary: 'Show how far an export is',
  id: 'companyExport',
  right: 'all',
  success: { kind: 'json', statuses: [200], schema: exportShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const one = await known(tx, call);
      return one ? json(showExport(one)) : refuse('not_found');
    }),
});

const file = defineRoute({
  method: 'get',
  path: '/exports/{id}/file',
  operationId: 'getExportFile',
  tag,
  summary: 'Download an export',
  description: 'A ZIP of tables (JSON lines) and files with a manifest, for 7 days after it was made.',
  id: 'companyExport',
  right: 'all',
  success: { kind: 'file', mediaType: 'application/zip' },
  refusals: ['export_not_ready', 'export_gone'],
  handle: async (call) => {
    const one = await inOwnCompany(call, (tx) => known(tx, call));
    if (!one) return refuse('not_found');
    if (one.state === 'waiting' || one.state === 'failed') return refuse('export_not_ready');
    if (one.state === 'expired' || !one.expiresAt || one.expiresAt <= call.now) return refuse('export_gone');
    const { stream, bytes, fileName } = await packExport(call.needs, one);
    await inOwnCompany(call, (tx) => recordDownload(tx, requestOf(call), one.id, call.now));
    const body = Readable.toWeb(stream) as ReadableStream<Uint8Array>;
    return { kind: 'stream', stream: body, length: bytes, fileName, mediaType: 'application/zip' };
  },
});

function requestOf(call: Call) {
  return { companyId: call.companyId, actor: 'program', by: call.caller.id } as const;
}

async function known(tx: ApiTx, call: Call): Promise<CompanyExport | undefined> {
  const [one] = await getExports(tx, call.companyId, { id: call.id });
  return one;
}

export const exportRoutes: readonly Route[] = [ask, list, get, file];
