import { Hono } from 'hono';
import { sendNewLink, stopTracking } from '#domain/dispatch';
import { takeRequest } from '#domain/privacy';
import { makeApi } from '#entrypoints/api';
import { type AnswerPixel, makeAnswerPixel, makePortal, renderPreview } from '#entrypoints/portal';
import { makeWeb } from '#entrypoints/web';
import { makeClientIp } from './client-ip.ts';
import { found, open } from './found.ts';
import { findTroubles, makeHealth } from './health.ts';
import type { Installation } from './installation.ts';
import { lookAtMachine } from './look-at-machine.ts';

export interface WebApp {
  fetch: Hono['fetch'];
  /** Answers what comes in thousands before it gets to `fetch`. */
  answerPixel: AnswerPixel;
  /** Ends open event streams and background work. */
  close(): Promise<void>;
}

/**
 * Puts everything that speaks HTTP together: health, API, portal and the staff's screens. Where the portal has a host of its own, that
 * host shows nothing else, and the staff's host shows the portal too, so that old links live on.
 */
export async function makeWebApp(installation: Installation): Promise<WebApp> {
  const { config } = installation;
  const clientIp = makeClientIp(config.trustedProxies);
  const deps = portalDeps(installation, clientIp);
  const portal = makePortal(deps);
  const web = await makeWeb({
    ...installation,
    publicUrl: config.publicUrl,
    portalUrl: config.portalUrl,
    clientIp,
    found: (input) => found(installation, input),
    open: (input) => open(installation, input),
    findTroubles: () => findTroubles(installation),
    lookAtMachine: () => lookAtMachine(installation),
    renderPortal: (tx, of) => renderPreview(tx, of, installation.clock()),
  });
  const stopping = new AbortController();
  const staff = new Hono();
  staff.route('/', makeHealth(installation));
  staff.route(
    '/api/v1',
    makeApi({
      ...installation,
      publicUrl: config.publicUrl,
      portalUrl: config.portalUrl,
      stopping: stopping.signal,
    }),
  );
  staff.route('/', portal);
  staff.route('/', web.app);
  const portalHost = new URL(config.portalUrl).host;
  const isSplit = portalHost !== new URL(config.publicUrl).host;
  return {
    answerPixel: makeAnswerPixel(deps),
    fetch: (request, env, context) => {
      const isForPortal = isSplit && request.headers.get('host') === portalHost;
      return (isForPortal ? portal : staff).fetch(request, env, context);
    },
    close: () => {
      stopping.abort();
      return web.close();
    },
  };
}

function portalDeps(installation: Installation, clientIp: ReturnType<typeof makeClientIp>) {
  const { config, database, files, hits, linkKey, staffKey, keys, clock, log, submit, registered } =
    installation;
  return {
    database,
    files,
    journal: hits,
    linkKey,
    staffKey,
    keys,
    registered,
    portalUrl: config.portalUrl,
    clientIp,
    clock,
    log,
    submit,
    sendNewLink: (messageId: string) => sendNewLink(database, submit, messageId, clock()),
    askErasure: (messageId: string) => takeRequest(database, { messageId, wants: 'erasure' }, clock()),
    askExport: (messageId: string) => takeRequest(database, { messageId, wants: 'export' }, clock()),
    stopTracking: (messageId: string) => stopTracking(database, messageId, clock()),
  };
}
