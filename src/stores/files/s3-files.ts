import { AwsClient } from 'aws4fetch';
import { XMLParser } from 'fast-xml-parser';
import { sha256 } from '#base/crypto';
import { pause } from '#base/time';
import { type FileSeal, isWholeSize, noSeal } from './file-seal.ts';
import { checkNames, type FileStore, openedFile, StorageFull } from './file-store.ts';

/** Where the bucket is and who asks. */
export interface S3Options {
  /** `s3://bucket/prefix?endpoint=https://…&region=…`; without an endpoint it is Amazon's. */
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Files in a bucket: `<prefix>/<company>/<hash>`. What `put` has answered is with the service, which has checked its hash. */
export function makeS3Files(options: S3Options, seal: FileSeal = noSeal): FileStore {
  const bucket = openBucket(options);
  const keyOf = (companyId: string, hash: string): string => {
    checkNames(companyId, hash);
    return `${companyId}/${hash}`;
  };
  return {
    put: async (companyId, bytes) => {
      const hash = sha256(bytes).toString('hex');
      const key = keyOf(companyId, hash);
      if (!isWholeSize(await bucket.size(key), bytes.byteLength, seal))
        await bucket.put(key, seal.seal({ companyId, sha256: hash }, bytes));
      return hash;
    },
    get: async (companyId, hash) => {
      const stored = await bucket.get(keyOf(companyId, hash));
      return stored && openedFile(stored, { companyId, sha256: hash }, seal);
    },
    has: async (companyId, hash) => (await bucket.size(keyOf(companyId, hash))) !== null,
    remove: async (companyId, hash) => {
      const key = keyOf(companyId, hash);
      if ((await bucket.size(key)) === null) return false;
      await bucket.remove(key);
      return true;
    },
    list: async function* () {
      for await (const { key } of bucket.list('')) {
        const [, companyId, hash] = /^([^/]+)\/([0-9a-f]{64})$/.exec(key) ?? [];
        if (companyId && hash) yield { companyId, sha256: hash };
      }
    },
    usage: async (companyId) => {
      checkNames(companyId);
      const sum = { files: 0, bytes: 0 };
      for await (const { size } of bucket.list(`${companyId}/`)) {
        sum.files += 1;
        sum.bytes += size;
      }
      return sum;
    },
    freeBytes: async () => null,
    seal,
  };
}

const tries = 4;
const timeoutMs = 60_000;
/** Of the service: it is busy, or for a moment not well. */
const passing = new Set([408, 429, 500, 502, 503, 504]);

function openBucket({ url, accessKeyId, secretAccessKey }: S3Options) {
  const { base, region, prefix } = readUrl(url);
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });
  const urlOf = (key: string): string => `${base}/${prefix}${key}`;
  const ask = async (target: string, init: RequestInit = {}): Promise<Response> => {
    for (let n = 1; ; n += 1) {
      const answer = await client
        .fetch(target, { ...init, signal: AbortSignal.timeout(timeoutMs) })
        .catch((error: Error) => error);
      const isPassing = answer instanceof Error || passing.has(answer.status);
      if (!isPassing) return answer;
      if (n === tries) throw failureOf(answer);
      await pause(200 * 2 ** n);
    }
  };
  return {
    size: async (key: string): Promise<number | null> => {
      const answer = await ask(urlOf(key), { method: 'HEAD' });
      if (answer.status === 404) return null;
      if (!answer.ok) throw failureOf(answer);
      return Number(answer.headers.get('content-length'));
    },
    get: async (key: string): Promise<Buffer | null> => {
      const answer = await ask(urlOf(key));
      if (answer.status === 404) return null;
      if (!answer.ok) throw failureOf(answer);
      return Buffer.from(await answer.arrayBuffer());
    },
    put: async (key: string, bytes: Uint8Array): Promise<void> => {
      // The hash is part of the signature: the service refuses bytes that were changed on their way.
      const hash = sha256(bytes).toString('hex');
      const headers = { 'x-amz-content-sha256': hash, 'content-type': 'application/octet-stream' };
      const answer = await ask(urlOf(key), { method: 'PUT', headers, body: new Uint8Array(bytes) });
      if (answer.status === 507 || /QuotaExceeded/.test(answer.ok ? '' : await answer.clone().text()))
        throw new StorageFull(base);
      if (!answer.ok) throw failureOf(answer);
    },
    remove: async (key: string): Promise<void> => {
      const answer = await ask(urlOf(key), { method: 'DELETE' });
      if (!answer.ok && answer.status !== 404) throw failureOf(answer);
    },
    list: (below: string) => listBelow(ask, base, prefix, below),
  };
}

const parser = new XMLParser({
  processEntities: false,
  parseTagValue: false,
  isArray: (name) => name === 'Contents',
});

interface Listing {
  readonly ListBucketResult?: {
    readonly Contents?: readonly { readonly Key: string; readonly Size: string }[];
    readonly IsTruncated?: string;
    readonly NextContinuationToken?: string;
  };
}

/** ListObjectsV2, page by page. */
async function* listBelow(
  ask: (target: string) => Promise<Response>,
  base: string,
  prefix: string,
  below: string,
): AsyncIterable<{ key: string; size: number }> {
  let token: string | undefined;
  do {
    const query = new URLSearchParams({ 'list-type': '2', prefix: prefix + below });
    if (token) query.set('continuation-token', token);
    const answer = await ask(`${base}/?${query}`);
    if (!answer.ok) throw failureOf(answer);
    const { ListBucketResult: page } = parser.parse(await answer.text()) as Listing;
    for (const { Key, Size } of page?.Contents ?? [])
      yield { key: Key.slice(prefix.length), size: Number(Size) };
    token = page?.IsTruncated === 'true' ? page.NextContinuationToken : undefined;
  } while (token);
}

function readUrl(text: string): { readonly base: string; readonly region: string; readonly prefix: string } {
  const url = new URL(text);
  const region = url.searchParams.get('region') ?? 'us-east-1';
  const endpoint = url.searchParams.get('endpoint')?.replace(/\/+$/, '');
  const prefix = url.pathname.replace(/^\/+|\/+$/g, '');
  return {
    region,
    prefix: prefix === '' ? '' : `${prefix}/`,
    base: endpoint ? `${endpoint}/${url.hostname}` : `https://${url.hostname}.s3.${region}.amazonaws.com`,
  };
}

function failureOf(answer: Response | Error): Error {
  return answer instanceof Error
    ? new Error('The S3 service does not answer.', { cause: answer })
    : new Error(`The S3 service answered ${answer.status}.`);
}
