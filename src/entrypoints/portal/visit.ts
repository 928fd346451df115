import type { Context } from 'hono';
import { parse } from 'hono/utils/cookie';
import { randomToken, sha256 } from '#base/crypto';
import { newId } from '#base/ids';
import {
  customerCookie,
  type Hit,
  type PageSeconds,
  readCustomerMark,
  readStaffMark,
  type Signal,
  staffCookie,
  takeHit,
} from '#domain/tracking';
import type { Portal } from './portal-deps.ts';

const sessionSeconds = 30 * 60;
const sessionForm = /^[A-Za-z0-9_-]{22}$/;

/** What tells who asks: a request as Hono hands it over, or a bare one of Node. */
export interface Asked {
  readonly req: {
    readonly method: string;
    header(name: string): string | undefined;
    query(name: string): string | undefined;
  };
  /** Holds Node's own request, for the address of the connection. */
  readonly env: unknown;
}

/** What keeping a hit needs of the portal. */
export type HitDeps = Pick<
  Portal,
  'clock' | 'log' | 'journal' | 'clientIp' | 'isLocal' | 'staffKey' | 'portalUrl'
>;

interface Touched {
  readonly messageId: string;
  readonly generation: number;
  readonly signal: Signal;
  readonly documentId?: string;
  readonly pages?: readonly number[];
  readonly pageSeconds?: PageSeconds;
  readonly failure?: string;
  readonly served?: string | null;
}

/** Takes a hit in and returns when it is safe. A page or file is served even where that fails: the log then says so. */
export async function noteHit(deps: HitDeps, c: Asked, touched: Touched): Promise<void> {
  const now = deps.clock();
  const hit: Hit = {
    documentId: null,
    pages: [],
    pageSeconds: {},
    failure: null,
    served: null,
    ...touched,
    id: newId('hit', now),
    at: now,
    method: c.req.method,
    userAgent: c.req.header('user-agent') ?? '',
    ip: deps.clientIp(c),
    isLocal: deps.isLocal,
    session: sessionDigest(deps, c, touched.messageId),
    staffOf: isPlaying(deps, c, touched.messageId)
      ? []
      : readStaffMark(deps.staffKey, cookieOf(c, staffCookie), now),
  };
  try {
    await takeHit(deps.journal, hit);
  } catch (error) {
    deps.log.error({ err: error, messageId: hit.messageId, signal: hit.signal }, 'a hit could not be kept');
  }
}

/**
 * The cookie that starts or prolongs the browser session, which ties a view to a download: random, half an hour, this host
 * only.
 */
export function sessionHeader(deps: Portal, c: Context): string {
  const session = readSession(deps, c) ?? randomToken(16);
  const secure = isHttps(deps) ? '; Secure' : '';
  return `${sessionCookie(deps)}=${session}; Max-Age=${sessionSeconds}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}

/**
 * The cookie that keeps a customer mark for the rest of this page, half an hour; null where the address brought none for this
 * message.
 */
export function customerHeader(deps: Portal, c: Context, messageId: string, path: string): string | null {
  const mark = c.req.query('as');
  if (!readCustomerMark(deps.staffKey, messageId, mark)) return null;
  const secure = isHttps(deps) ? '; Secure' : '';
  return `${customerCookie}=${mark}; Max-Age=${sessionSeconds}; Path=${path}; HttpOnly; SameSite=Lax${secure}`;
}

/** Somebody of the company itself, and not playing the customer: what he posts would be no customer's word. */
export function isOwnStaff(
  deps: Portal,
  c: Context,
  link: { readonly messageId: string; readonly companyId: string },
): boolean {
  const staffOf = readStaffMark(deps.staffKey, cookieOf(c, staffCookie), deps.clock());
  return staffOf.includes(link.companyId) && !isPlaying(deps, c, link.messageId);
}

/** Somebody came from the Sandbox screen, where staff play the customer. */
function isPlaying(deps: HitDeps, c: Asked, messageId: string): boolean {
  return [c.req.query('as'), cookieOf(c, customerCookie)].some((mark) =>
    readCustomerMark(deps.staffKey, messageId, mark),
  );
}

/** Tells whether the portal is reached by https. */
export function isHttps(deps: Pick<Portal, 'portalUrl'>): boolean {
  return deps.portalUrl.startsWith('https:');
}

/** The session as it is kept: another digest for each message, so that visits of several cannot be put together. */
export function sessionDigest(deps: HitDeps, c: Asked, messageId: string): string | null {
  const session = readSession(deps, c);
  return session === null ? null : sha256(`${session} ${messageId}`).subarray(0, 12).toString('base64url');
}

function readSession(deps: HitDeps, c: Asked): string | null {
  const value = cookieOf(c, sessionCookie(deps));
  return value && sessionForm.test(value) ? value : null;
}

/** Browsers take `__Host-` cookies over https only (RFC 6265bis §4.1.3.2). */
function sessionCookie(deps: Pick<Portal, 'portalUrl'>): string {
  return isHttps(deps) ? '__Host-envoi_visit' : 'envoi_visit';
}

function cookieOf(c: Asked, name: string): string | undefined {
  const cookies = c.req.header('cookie');
  return cookies ? parse(cookies, name)[name] : undefined;
}
