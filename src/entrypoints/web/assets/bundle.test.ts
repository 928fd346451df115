import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { bundleAssets } from './bundle.ts';
import { serveAsset } from './serve-asset.ts';

test('the bundle is small, named by its content, and kept for ever', async () => {
  const assets = await bundleAssets();
  const again = await bundleAssets();
  assert.deepEqual([assets.style, assets.script], [again.style, again.script]);
  assert.match(assets.script, /^\/assets\/main-[A-Z0-9]{8}\.js$/);
  const answer = serveAsset(assets, assets.script, { acceptEncoding: 'gzip, br' });
  assert.equal(answer.status, 200);
  assert.match(answer.headers['cache-control'] ?? '', /immutable/);
  assert.ok((answer.body?.length ?? 0) < 60_000, 'the script is below 60 kB as it is sent');
  assert.deepEqual(gunzipSync(answer.body!), Buffer.from(assets.find(assets.script)!.body));
});

test('a file that is there already is not sent again, and an unknown one is not found', async () => {
  const assets = await bundleAssets();
  const { etag } = assets.find(assets.style)!;
  assert.equal(serveAsset(assets, assets.style, { ifNoneMatch: etag }).status, 304);
  assert.equal(serveAsset(assets, '/assets/../package.json', {}).status, 404);
});
