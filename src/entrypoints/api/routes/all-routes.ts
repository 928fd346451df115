import type { LogGrowth } from '../log-growth.ts';
import type { Route } from '../route.ts';
import { apiKeyRoutes } from './api-keys.ts';
import { bundleRoutes } from './bundles.ts';
import { calendarRoutes } from './calendar.ts';
import { companyRoutes } from './company.ts';
import { customerRoutes } from './customers.ts';
import { decisionRoutes } from './decisions.ts';
import { deliveryRoutes } from './deliveries.ts';
import { digestRoutes } from './digests.ts';
import { dispatchRoutes } from './dispatches.ts';
import { documentRoutes } from './documents.ts';
import { domainRoutes } from './domains.ts';
import { erasureRoutes } from './erasure.ts';
import { eventRoutes } from './events.ts';
import { exportRoutes } from './exports.ts';
import { fileRoutes } from './files.ts';
import { importDocumentRoutes } from './import-documents.ts';
import { legalHoldRoutes } from './legal-holds.ts';
import { linkRoutes } from './links.ts';
import { mailboxRoutes } from './mailboxes.ts';
import { memberRoutes } from './members.ts';
import { messageRoutes } from './messages.ts';
import { networkRoutes } from './network.ts';
import { noticeRoutes } from './notices.ts';
import { paymentRoutes } from './payments.ts';
import { personRoutes } from './person.ts';
import { planRoutes } from './plan.ts';
import { providerRoutes } from './providers.ts';
import { receivedRoutes } from './received.ts';
import { reminderRoutes } from './reminders.ts';
import { responseRoutes } from './responses.ts';
import { retentionRoutes } from './retention.ts';
import { runDecisionRoutes } from './run-decisions.ts';
import { runRoutes } from './runs.ts';
import { selfTestRoutes } from './self-tests.ts';
import { sendRuleRoutes } from './send-rules.ts';
import { senderCodeRoutes } from './sender-codes.ts';
import { senderRuleRoutes } from './sender-rule.ts';
import { senderRoutes } from './senders.ts';
import { singleSignOnRoutes } from './single-sign-on.ts';
import { submissionLoginRoutes } from './submission-logins.ts';
import { suppressionRoutes } from './suppressions.ts';
import { templateRoutes } from './templates.ts';
import { untiedReceiptRoutes } from './untied-receipts.ts';
import { watchedFolderRoutes } from './watched-folder.ts';
import { webhookDeliveryRoutes } from './webhook-deliveries.ts';
import { webhookRoutes } from './webhooks.ts';

/** Deliveries with proof, receipts of providers, and the erasing of what was sent. */
const proofRoutes: readonly Route[] = [
  ...providerRoutes,
  ...untiedReceiptRoutes,
  ...deliveryRoutes,
  ...erasureRoutes,
];

/** The company, and what its plan holds. */
const ownRoutes: readonly Route[] = [...companyRoutes, ...planRoutes];

/** How long details are kept, and what a legal hold keeps. */
const keepingRoutes: readonly Route[] = [...legalHoldRoutes, ...retentionRoutes];

/** Who gets in: people and programs. */
const peopleRoutes: readonly Route[] = [...memberRoutes, ...singleSignOnRoutes, ...apiKeyRoutes];

/** Every call of the API, in the order of the documentation. */
export function allRoutes(growth: LogGrowth): readonly Route[] {
  return [
    ...dispatchRoutes,
    ...bundleRoutes,
    ...documentRoutes,
    ...importDocumentRoutes,
    ...fileRoutes,
    ...messageRoutes,
    ...decisionRoutes,
    ...eventRoutes(growth),
    ...responseRoutes,
    ...linkRoutes,
    ...customerRoutes,
    ...reminderRoutes,
    ...sendRuleRoutes,
    ...[...runRoutes, ...runDecisionRoutes],
    ...paymentRoutes,
    ...ownRoutes,
    ...senderRoutes,
    ...senderCodeRoutes,
    ...selfTestRoutes,
    ...senderRuleRoutes,
    ...templateRoutes,
    ...domainRoutes,
    ...mailboxRoutes,
    ...calendarRoutes,
    ...networkRoutes,
    ...receivedRoutes,
    ...proofRoutes,
    ...noticeRoutes,
    ...digestRoutes,
    ...peopleRoutes,
    ...submissionLoginRoutes,
    ...watchedFolderRoutes,
    ...suppressionRoutes,
    ...keepingRoutes,
    ...personRoutes,
    ...exportRoutes,
    ...webhookRoutes,
    ...webhookDeliveryRoutes,
  ];
}
