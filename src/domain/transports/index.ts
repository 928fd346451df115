export type { LimitTables } from './limit-table.ts';
export { makeTransports, type TransportDeps } from './make-transports.ts';
export {
  deleteSandboxMails as forgetSandboxMails,
  type SandboxMail,
  type SandboxPage,
  type SandboxTables,
  selectSandboxMail as getSandboxMail,
  selectSandboxMails as listSandboxMails,
} from './sandbox-table.ts';
export type {
  SuccessMeans,
  Transport,
  TransportDelivery,
  TransportMail,
  Transports,
} from './transport.ts';
