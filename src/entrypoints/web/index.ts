import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { bundleAssets } from './assets/bundle.ts';
import { addCustomers } from './customers/add-customers.tsx';
import { addDocuments } from './documents/add-documents.ts';
import { addBundles } from './evidence/add-bundles.tsx';
import { addDeliveries } from './evidence/add-deliveries.tsx';
import { addEvidence } from './evidence/add-evidence.ts';
import { addAssets } from './gate/add-assets.ts';
import { addDnsPage } from './gate/add-dns-page.tsx';
import { addForgotten } from './gate/add-forgotten.tsx';
import { addJoin } from './gate/add-join.tsx';
import { addPasskeySignIn } from './gate/add-passkey-sign-in.tsx';
import { addPreferences } from './gate/add-preferences.ts';
import { addSetUp } from './gate/add-set-up.tsx';
import { addSignIn, addSignOut } from './gate/add-sign-in.tsx';
import { addSingleSignOn } from './gate/add-single-sign-on.tsx';
import { isPortalElsewhere } from './gate/enter.ts';
import { addSecondStep } from './gate/second-step.tsx';
import { addHome } from './home/add-home.tsx';
import { paths } from './kit/index.ts';
import { addLive } from './live/add-live.ts';
import { openLiveLines } from './live/live-lines.ts';
import { addErasure } from './message/add-erasure.ts';
import { addMessage } from './message/add-message.tsx';
import type { WebNeeds } from './needs.ts';
import { addNetwork } from './network/add-network.tsx';
import { addReceived } from './network/add-received.tsx';
import { addNotices } from './notices/add-notices.tsx';
import { addOperator } from './operator/add-operator.tsx';
import { addPayments } from './payments/add-payments.tsx';
import { addPerson } from './people/add-person.tsx';
import { addReminders } from './reminders/add-reminders.tsx';
import { addRuns } from './runs/add-runs.tsx';
import { addSandbox } from './sandbox/add-sandbox.tsx';
import { addSend } from './send/add-send.tsx';
import { addCalendar } from './settings/add-calendar.tsx';
import { addCompany } from './settings/add-company.tsx';
import { addData } from './settings/add-data.tsx';
import { addDomains } from './settings/add-domains.tsx';
import { addIncamail } from './settings/add-incamail.tsx';
import { addKeys } from './settings/add-keys.tsx';
import { addMailbox } from './settings/add-mailbox.tsx';
import { addPeople } from './settings/add-people.tsx';
import { addPlan } from './settings/add-plan.tsx';
import { addPrivacy } from './settings/add-privacy.tsx';
import { addProfile } from './settings/add-profile.tsx';
import { addPrograms } from './settings/add-programs.tsx';
import { addRules } from './settings/add-rules.tsx';
import { addSelfTest } from './settings/add-self-test.tsx';
import { addSenderCodes } from './settings/add-sender-codes.ts';
import { addSenders } from './settings/add-senders.tsx';
import { addSingleSignOnSettings } from './settings/add-single-sign-on.tsx';
import { addWebhooks } from './settings/add-webhooks.tsx';
import { answerBroken, answerMissing, answerTooBig } from './staff/answer-errors.tsx';
import { sameSession } from './staff/csrf.ts';
import type { StaffApp, StaffEnv } from './staff/env.ts';
import { roleAllows, signedIn } from './staff/guard.ts';
import { setHeaders } from './staff/headers.ts';
import { addSuppressions } from './suppressions/add-suppressions.tsx';
import { addTemplates } from './templates/add-templates.tsx';

export type { WebNeeds, WebTables } from './needs.ts';
export { makeWordDigest } from './notices/word-digest.ts';
export { makeWordExport } from './settings/word-export.ts';
export { wordEventIn } from './word-event.ts';
export { wordMachineIn } from './word-machine.ts';

export interface Web {
  readonly app: Hono;
  /** Ends the live lines. */
  close(): Promise<void>;
}

/** Screens behind the sign-in, in the order in which they are asked. */
const screens: readonly ((app: StaffApp, needs: WebNeeds) => void)[] = [
  addSignOut,
  addSandbox,
  addPreferences,
  addCompany,
  addSenderCodes,
  addSenders,
  addTemplates,
  addDomains,
  addIncamail,
  addMailbox,
  addSelfTest,
  addKeys,
  addPeople,
  addSingleSignOnSettings,
  addRules,
  addCalendar,
  addPrograms,
  addWebhooks,
  addProfile,
  addOperator,
  addPlan,
  addPrivacy,
  addData,
  addPerson,
  addErasure,
  addDocuments,
  addSend,
  addEvidence,
  addBundles,
  addDeliveries,
  addReceived,
  addNetwork,
  addCustomers,
  addPayments,
  addReminders,
  addRuns,
  addNotices,
  addSuppressions,
  addMessage,
  addHome,
];

/** The staff's side. Bundles what browsers need once; throws when that does not build. */
export async function makeWeb(needs: WebNeeds): Promise<Web> {
  const assets = await bundleAssets();
  const app = new Hono<StaffEnv>();
  app.use('*', setHeaders(needs.publicUrl.startsWith('https:')));
  app.onError((error, c) => answerBroken(needs, assets, error, c));
  app.use('*', async (c, next) => {
    c.set('portalOrigin', isPortalElsewhere(needs) ? new URL(needs.portalUrl).origin : null);
    await next();
  });
  addAssets(app, assets);
  const limited = (maxSize: number) => bodyLimit({ maxSize, onError: (c) => answerTooBig(needs, assets, c) });
  for (const path of [
    paths.signIn,
    paths.signInCode,
    paths.signInCompany,
    paths.signInKey,
    paths.forgotten,
    paths.signInKeyAsk,
    paths.setUp,
    paths.join,
  ])
    app.use(path, limited(largestStrangersBody));
  addSignIn(app, needs, assets);
  addSetUp(app, needs, assets);
  app.use('/dns/*', limited(largestFormBody));
  addDnsPage(app, needs, assets);
  addSecondStep(app, needs, assets);
  addPasskeySignIn(app, needs, assets);
  addSingleSignOn(app, needs, assets);
  addJoin(app, needs, assets);
  addForgotten(app, needs, assets);
  app.use('*', limited(largestBody(needs)));
  app.use('*', signedIn(needs, assets), sameSession(needs), roleAllows());
  for (const add of screens) add(app, needs);
  const lines = await openLiveLines(needs);
  addLive(app, needs, lines);
  app.all('*', (c) => answerMissing(c));
  return { app: app as unknown as Hono, close: () => lines.close() };
}

const largestStrangersBody = 6 * 2 ** 20; // a logo, before anybody is signed in
const largestFormBody = 64 * 1024;

/** A document, or an e-mail with several files; each of them is limited where it is read. */
function largestBody({ limits }: Pick<WebNeeds, 'limits'>): number {
  return 10 * 2 ** 20 + 4 * limits.documentBytes;
}
