import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { bundleAssets } from './assets/bundle.ts';
import type { WebNeeds } from './needs.ts';
import { answerBroken, answerMissing } from './staff/answer-errors.tsx';
import { sameSession } from './staff/csrf.ts';
import type { StaffApp, StaffEnv } from './staff/env.ts';
import { roleAllows, signedIn } from './staff/guard.ts';
import { setHeaders } from './staff/headers.ts';
import { addAssets } from './staff/screens/add-assets.ts';

export type { WebNeeds, WebTables } from './needs.ts';

export interface Web {
  readonly app: Hono;
  /** Ends the live lines. */
  close(): Promise<void>;
}

/** Screens behind the sign-in, in the order in which they are asked. */
const screens: readonly ((app: StaffApp, needs: WebNeeds) => void)[] = [];

/** The staff's side. Bundles what browsers need once; throws when that does not build. */
export async function makeWeb(needs: WebNeeds): Promise<Web> {
  const assets = await bundleAssets();
  const app = new Hono<StaffEnv>();
  app.use('*', setHeaders(needs.publicUrl.startsWith('https:')));
  app.onError((error, c) => answerBroken(needs, assets, error, c));
  addAssets(app, assets);
  app.use('*', bodyLimit({ maxSize: largestBody }));
  app.use('*', signedIn(needs, assets), sameSession(needs), roleAllows());
  for (const add of screens) add(app, needs);
  app.all('*', (c) => answerMissing(c));
  return { app: app as unknown as Hono, close: async () => undefined };
}

/** Several documents of 25 MB in one upload; a single one is limited where it is read. */
const largestBody = 110 * 2 ** 20;
