import { Readable } from 'node:stream';
import { getCompany } from '#domain/accounts';
import { askBundle, type Bundle, type BundleAsked, getBundles, packBundle } from '#domain/bundles';
import { json, type Refusal, refuse, refuseFields } from '../answer.ts';
import { type ApiTx, type Call, inOwnCompany } from '../call.ts';
import { once } from '../once.ts';
import { defineRoute, type Route } from '../route.ts';
import { bundleShape, newBundle, showBundle } from '../shapes/bundle.ts';
import { listOf, page, toPage } from '../shapes/common.ts';

const tag = 'Evidence';

const ask = defineRoute({
  method: 'post',
  path: '/evidence-bundles',
  operationId: 'askEvidenceBundle',
  tag,
  summary: 'Ask for the evidence files of many dispatches in one ZIP',
  description:
    'All dispatches of a customer, in a period if wanted, or those of some documents. It is made in the background: ask for it until its state is `ready`. As with a single evidence file, making it is recorded and closes the recipients’ links.',
  right: 'all',
  body: { json: newBundle },
  success: { kind: 'json', statuses: [202], schema: bundleShape },
  handle: (call) =>
    once(call, async (tx) => {
      const company = await getCompany(tx, call.companyId);
      if (!company) return refuse('not_found');
      const asked = await askBundle(
        tx,
        {
          language: company.language,
          ...call.body,
          companyId: call.companyId,
          actor: 'program',
          by: call.caller.id,
          timeZone: company.timeZone,
        },
        call.now,
      );
      return asked.ok ? json(showBundle(asked.bundle), 202) : refusal(asked, call.body.customerId);
    }),
});

function refusal(asked: Exclude<BundleAsked, { ok: true }>, customerId: string | undefined): Refusal {
  const messages = {
    no_dispatches: 'There are no such dispatches.',
    too_many: 'A bundle holds 5,000 dispatches at most; ask for a shorter period.',
    days_reversed: 'This day is before the first one.',
  };
  const path = asked.reason === 'days_reversed' ? 'to' : customerId ? 'customerId' : 'documentIds';
  return refuseFields([{ path, message: messages[asked.reason] }]);
}

const list = defineRoute({
  method: 'get',
  path: '/evidence-bundles',
  operationId: 'listEvidenceBundles',
  tag,
  summary: 'List bundles, newest first',
  right: 'read',
  query: page,
  success: { kind: 'json', statuses: [200], schema: listOf(bundleShape) },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const { limit, cursor } = call.query;
      const found = await getBundles(tx, call.companyId, { before: cursor ?? null, limit: limit + 1 });
      const items = found.slice(0, limit).map(showBundle);
      return json(toPage(found, limit, (bundle) => bundle, items));
    }),
});

const get = defineRoute({
  method: 'get',
  path: '/evidence-bundles/{id}',
  operationId: 'getEvidenceBundle',
  tag,
  summary: 'Show how far a bundle is',
  id: 'bundle',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: bundleShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const bundle = await known(tx, call);
      return bundle ? json(showBundle(bundle)) : refuse('not_found');
    }),
});

const file = defineRoute({
  method: 'get',
  path: '/evidence-bundles/{id}/file',
  operationId: 'getEvidenceBundleFile',
  tag,
  summary: 'Download a bundle',
  description: 'A ZIP of evidence files with an index (HTML and CSV), for 7 days after it was made.',
  id: 'bundle',
  right: 'all',
  success: { kind: 'file', mediaType: 'application/zip' },
  refusals: ['bundle_waiting', 'bundle_expired'],
  handle: async (call) => {
    const bundle = await inOwnCompany(call, (tx) => known(tx, call));
    if (!bundle) return refuse('not_found');
    if (bundle.state !== 'ready') return refuse(`bundle_${bundle.state}`);
    const { stream, bytes, fileName } = await packBundle(call.needs, bundle);
    const body = Readable.toWeb(stream) as ReadableStream<Uint8Array>;
    return { kind: 'stream', stream: body, length: bytes, fileName, mediaType: 'application/zip' };
  },
});

async function known(tx: ApiTx, call: Call): Promise<Bundle | undefined> {
  const [bundle] = await getBundles(tx, call.companyId, { id: call.id });
  return bundle;
}

export const bundleRoutes: readonly Route[] = [ask, list, get, file];
