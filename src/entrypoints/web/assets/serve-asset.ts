import type { Asset, Assets } from './bundle.ts';

/** What to answer for a file of the bundle: never asked again for a year, because a changed file has another name. */
export type AssetAnswer = {
  readonly status: 200 | 304 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
};

/** Answers a GET of `/assets/…`; `request` are the headers `accept-encoding` and `if-none-match`. */
export function serveAsset(
  assets: Pick<Assets, 'find'>,
  path: string,
  request: { readonly acceptEncoding?: string; readonly ifNoneMatch?: string },
): AssetAnswer {
  const asset = assets.find(path);
  if (!asset) return { status: 404, headers: { 'cache-control': 'no-store' }, body: null };
  const headers = headersOf(asset);
  if (request.ifNoneMatch?.includes(asset.etag)) return { status: 304, headers, body: null };
  if (!/\bgzip\b/.test(request.acceptEncoding ?? '')) return { status: 200, headers, body: asset.body };
  return { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, body: asset.gzip };
}

function headersOf(asset: Asset): Record<string, string> {
  return {
    'content-type': asset.type,
    'cache-control': 'public, max-age=31536000, immutable',
    etag: asset.etag,
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
  };
}
