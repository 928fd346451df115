import type { Command } from './command.ts';
import { apiKeys, revokeKey } from './commands/api-keys.ts';
import { backup, restore } from './commands/backup.ts';
import { calendar, changeCalendar as calendarSet } from './commands/calendar.ts';
import { checkDomain } from './commands/check-domain.ts';
import { checkHost } from './commands/check-host.ts';
import { classifyHit } from './commands/classify-hit.ts';
import { closeLinks } from './commands/close-links.ts';
import { createKey } from './commands/create-key.ts';
import { deliveries, withdrawDelivery } from './commands/deliveries.ts';
import { doctor } from './commands/doctor.ts';
import { eraseContent } from './commands/erase-content.ts';
import { evidence } from './commands/evidence.ts';
import { exportAll } from './commands/export.ts';
import { importCustomers } from './commands/import-customers.ts';
import { importDocuments } from './commands/import-documents.ts';
import { confirmVat, showNetwork, withdrawVat } from './commands/network.ts';
import { blockSender, liftBlock, networkBlocks } from './commands/network-blocks.ts';
import { dismissNotice, notices } from './commands/notices.ts';
import { operator } from './commands/operator.ts';
import { confirmPayment, ignorePayment, importPayments, notePaid, payments } from './commands/payments.ts';
import { givePlan, plans, showPlan } from './commands/plans.ts';
import {
  deletePolicy,
  orderPolicies,
  pauseReminders,
  policies,
  savePolicy,
  switchPolicy,
} from './commands/policies.ts';
import { readDocument } from './commands/read-document.ts';
import { readReport } from './commands/read-report.ts';
import { rebuildOverview } from './commands/rebuild-overview.ts';
import { receipts, setAsideReceipt, tieReceipt } from './commands/receipts.ts';
import { acceptReceived, received, rejectReceived } from './commands/received.ts';
import { relabelHits } from './commands/relabel-hits.ts';
import { relayRanges } from './commands/relay-ranges.ts';
import { reminders } from './commands/reminders.ts';
import { removeSecondStep } from './commands/remove-second-step.ts';
import { resetPassword } from './commands/reset-password.ts';
import { retention } from './commands/retention.ts';
import { rotateKey } from './commands/rotate-key.ts';
import { changeRun, checkRun, decideLine } from './commands/run-changes.ts';
import { decideRun, newRun, runs, showRun } from './commands/runs.ts';
import { importSealCommand, renewSealCommand, showKeys } from './commands/seal-keys.ts';
import { selfTest } from './commands/self-test.ts';
import { send } from './commands/send.ts';
import {
  deleteSendRule,
  saveSendRule,
  sendRules,
  switchSendRule,
  testSendRule,
} from './commands/send-rules.ts';
import { serve } from './commands/serve.ts';
import { removeSingleSignOn, setUpSingleSignOn, singleSignOn } from './commands/single-sign-on.ts';
import { deleteTemplate, saveTemplate, templates } from './commands/templates.ts';
import { testTextMessage } from './commands/test-text-message.ts';
import { verifyEvidence } from './commands/verify-evidence.ts';
import { verifyLog } from './commands/verify-log.ts';

/** All commands; of those that begin alike, the longer name stands first. */
export const commands: readonly Command[] = [
  serve,
  send,
  evidence,
  exportAll,
  templates,
  saveTemplate,
  deleteTemplate,
  runs,
  newRun,
  showRun,
  changeRun,
  decideLine,
  checkRun,
  decideRun,
  reminders,
  policies,
  savePolicy,
  orderPolicies,
  deletePolicy,
  switchPolicy,
  pauseReminders,
  importPayments,
  confirmPayment,
  ignorePayment,
  payments,
  notePaid,
  acceptReceived,
  rejectReceived,
  received,
  notices,
  dismissNotice,
  closeLinks,
  calendarSet,
  calendar,
  sendRules,
  testSendRule,
  saveSendRule,
  deleteSendRule,
  switchSendRule,
  readDocument,
  readReport,
  classifyHit,
  checkDomain,
  checkHost,
  testTextMessage,
  eraseContent,
  deliveries,
  withdrawDelivery,
  receipts,
  tieReceipt,
  setAsideReceipt,
  selfTest,
  createKey,
  revokeKey,
  apiKeys,
  setUpSingleSignOn,
  removeSingleSignOn,
  singleSignOn,
  resetPassword,
  removeSecondStep,
  backup,
  restore,
  doctor,
  rebuildOverview,
  verifyEvidence,
  verifyLog,
  rotateKey,
  importSealCommand,
  renewSealCommand,
  showKeys,
  relabelHits,
  relayRanges,
  retention,
  plans,
  showPlan,
  givePlan,
  operator,
  confirmVat,
  withdrawVat,
  networkBlocks,
  blockSender,
  liftBlock,
  showNetwork,
  importCustomers,
  importDocuments,
];
