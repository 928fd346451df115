import type { Context } from 'hono';
import { sha256 } from '#base/crypto';
import { isId } from '#base/ids';
import { type ApiKey, type Feature, getCompany, hasFeature } from '#domain/accounts';
import { inCompany } from '#stores/database';
import { type Answer, type Refusal, refuse, refuseFields } from './answer.ts';
import type { ApiNeeds } from './api-needs.ts';
import type { Call } from './call.ts';
import { mayDo } from './caller.ts';
import { isKeepable } from './check-strings.ts';
import type { Allowance } from './rate-limit.ts';
import { readBody } from './read-body.ts';
import { readWith } from './read-with.ts';
import type { Route } from './route.ts';

type FindCaller = (authorization: string | undefined) => Promise<ApiKey | null>;

/** Who is let in, and how often. */
export interface Door {
  readonly findCaller: FindCaller;
  readonly countRequest: (keyId: string, nowMs: number) => Allowance;
}

const jsonBytes = 2 ** 20; // the longest letter has 200,000 characters
const formRoom = 2 ** 16; // for the fields beside the file

/** Answers one request: who asks, may he, is it well-formed, then the route's own work. */
export async function runRoute(
  route: Route,
  needs: ApiNeeds,
  { findCaller, countRequest }: Door,
  c: Context,
): Promise<Answer> {
  const caller = await findCaller(c.req.header('authorization'));
  if (!caller) return refuse('unauthorized', { headers: { 'www-authenticate': 'Bearer realm="Envoi"' } });
  const allowance = countRequest(caller.id, Date.now());
  for (const [name, value] of Object.entries(allowance.headers)) c.header(name, value);
  if (!allowance.isAllowed) return refuse('rate_limited', { headers: allowance.headers });
  if (caller.isTest && route.right !== 'read' && !route.isForTests)
    return refuse('forbidden', {
      detail: 'A key for tests sends into the sandbox and changes nothing else.',
    });
  if (!mayDo(caller.rights, route.right))
    return refuse('forbidden', { detail: `This call needs a key with the rights "${route.right}".` });
  const missing = await missingFeature(route, needs, caller.companyId);
  if (missing) return refuse('plan_required', { detail: `This call needs a plan with "${missing}".` });
  const id = c.req.param('id') ?? '';
  if (route.id && !isId(route.id, id)) return refuse('not_found');
  const query = readQuery(route, c);
  if (!query.ok) return query.refusal;
  const key = c.req.header('idempotency-key') ?? null;
  if (key !== null && !/^[\x20-\x7e]{1,255}$/.test(key)) return refuse('invalid_idempotency_key');
  const body = await readRouteBody(route, needs, c.req.raw);
  if (!body.ok) return body.refusal;
  const facts = JSON.stringify([route.method, c.req.path, caller.rights, body.hash.toString('hex')]);
  const call: Call = {
    needs,
    caller,
    companyId: caller.companyId,
    id,
    query: query.value,
    body: body.value,
    now: needs.clock(),
    // What a key with more rights was shown is not repeated to one with fewer: the rights are part of the request.
    claim: key !== null && route.method === 'post' ? { key, requestHash: sha256(facts) } : null,
    signal: c.req.raw.signal,
  };
  return route.handle(call);
}

async function missingFeature(route: Route, needs: ApiNeeds, companyId: string): Promise<Feature | null> {
  const wanted: Feature[] = ['api', ...(route.feature ? [route.feature] : [])];
  const company = await inCompany(needs.database, companyId, (tx) => getCompany(tx, companyId));
  return wanted.find((feature) => company && !hasFeature(company, feature)) ?? null;
}

type Read =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly refusal: Refusal };

function readQuery(route: Route, c: Context): Read {
  const given = c.req.queries();
  const twice = Object.keys(given).filter((name) => (given[name]?.length ?? 0) > 1);
  const bad = Object.keys(given).filter((name) => !given[name]?.every(isKeepable) || !isKeepable(name));
  if (twice.length + bad.length > 0) {
    const message = (name: string): string =>
      twice.includes(name)
        ? 'This parameter is there twice.'
        : 'This text holds a character that is not allowed.';
    return {
      ok: false,
      refusal: refuseFields(
        [...twice, ...bad].map((path) => ({ path: path.slice(0, 100), message: message(path) })),
      ),
    };
  }
  if (!route.query) return { ok: true, value: undefined };
  return readWith(
    route.query,
    Object.fromEntries(Object.entries(given).map(([name, all]) => [name, all[0]])),
  );
}

async function readRouteBody(
  { body }: Route,
  { limits }: ApiNeeds,
  request: Request,
): Promise<Read & { readonly hash: Buffer }> {
  if (!body) return { ok: true, value: undefined, hash: Buffer.alloc(0) };
  const fileBytes = Math.max(limits.documentBytes, limits.extraFileBytes);
  const read = await readBody(request, {
    takesJson: body.json !== undefined,
    isOptional: body.isOptional ?? false,
    jsonFields: body.form ? (body.jsonFields ?? []) : null,
    mostBytes: body.form && !isJson(request) ? fileBytes + formRoom + jsonBytes : jsonBytes,
  });
  if (!read.ok) return { ...read, hash: Buffer.alloc(0) };
  const schema = read.isForm ? body.form : body.json;
  return schema
    ? { ...readWith(schema, read.value), hash: read.hash }
    : { ok: false, refusal: refuse('unsupported_media_type'), hash: read.hash };
}

function isJson(request: Request): boolean {
  return /json/i.test(request.headers.get('content-type') ?? '');
}
