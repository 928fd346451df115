import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import S3rver from 's3rver';
import { type FileSeal, makeFileSeal } from './file-seal.ts';
import { fileStoreContract } from './file-store-contract.ts';
import { makeS3Files } from './s3-files.ts';

let server: S3rver;
let folder: string;
let endpoint = '';
let stores = 0;
// What the test server knows.
const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
const company = 'com_01JABCDEFGHJKMNPQRSTVWXYZ0';

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'envoi-s3-'));
  server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: folder,
    configureBuckets: [{ name: 'envoi-test', configs: [] }],
  });
  const { port } = await server.run();
  endpoint = `http://127.0.0.1:${port}`;
});
after(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** A store that shares the bucket with the others, below a prefix of its own. */
function store(more: Partial<typeof keys> = {}, seal?: FileSeal) {
  stores += 1;
  return makeS3Files({ url: `s3://envoi-test/p${stores}?endpoint=${endpoint}`, ...keys, ...more }, seal);
}

fileStoreContract('s3', async () => store());
fileStoreContract('sealed s3', async () => store({}, makeFileSeal(randomBytes(32))));

test('a wrong key is refused by the service, and that is thrown: nothing counts as kept', async () => {
  await assert.rejects(store({ accessKeyId: 'NOBODY' }).put(company, Buffer.from('x')), /answered 403/);
});

test('more files than one page of the listing holds are all listed', async () => {
  const many = store();
  const hashes = [];
  for (let n = 0; n < 12; n += 1) hashes.push(await many.put(company, Buffer.from(`${n}`)));
  const paged = makeS3Files({
    url: `s3://envoi-test/p${stores}?endpoint=${await withShortPages()}`,
    ...keys,
  });
  const listed: string[] = [];
  for await (const { sha256 } of paged.list()) listed.push(sha256);
  assert.deepEqual(listed.sort(), hashes.sort());
});

/** A listing of three a page, in the service's form: s3rver itself always lists a thousand. */
async function withShortPages(): Promise<string> {
  const keysOf = async () => {
    const found: string[] = [];
    for await (const { sha256 } of makeS3Files({
      url: `s3://envoi-test/p${stores}?endpoint=${endpoint}`,
      ...keys,
    }).list())
      found.push(`p${stores}/${company}/${sha256}`);
    return found.sort();
  };
  const all = await keysOf();
  const pages = createServer((request, response) => {
    const from = Number(new URL(request.url ?? '/', 'http://x').searchParams.get('continuation-token') ?? 0);
    const items = all
      .slice(from, from + 3)
      .map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`);
    const isMore = from + 3 < all.length;
    response.end(
      `<ListBucketResult>${items.join('')}<IsTruncated>${isMore}</IsTruncated><NextContinuationToken>${from + 3}</NextContinuationToken></ListBucketResult>`,
    );
  });
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  after(() => pages.close());
  return `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
}

test('a service that is busy for a moment is asked again', async () => {
  let asked = 0;
  const busy = createServer((_request, response) => {
    asked += 1;
    response.writeHead(asked < 3 ? 503 : 404).end();
  });
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${(busy.address() as AddressInfo).port}`;
  const files = makeS3Files({ url: `s3://envoi-test/x?endpoint=${at}`, ...keys });
  assert.equal(await files.get(company, 'ab'.repeat(32)), null);
  assert.equal(asked, 3);
  busy.close();
  busy.closeAllConnections();
});
