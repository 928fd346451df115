import type { AccountTables } from '#domain/accounts';
import type { CalendarTables } from '#domain/calendar';
import type { CustomerTables } from '#domain/customers';
import type { DocumentTables } from '#domain/documents';
import type { NetworkTables } from '#domain/network';
import type { OutboxTables } from '#domain/outbox';
import type { PaymentTables } from '#domain/payments';
import type { RegisteredTables } from '#domain/registered';
import type { SenderTables } from '#domain/senders';
import type { TemplateTables } from '#domain/templates';
import type { TrackingTables } from '#domain/tracking';
import type { DispatchTables } from './dispatch-table.ts';

/** What working out a draft looks at. */
export type PrepareTables = AccountTables &
  CalendarTables &
  CustomerTables &
  DispatchTables &
  DocumentTables &
  OutboxTables &
  PaymentTables &
  SenderTables &
  TemplateTables &
  RegisteredTables &
  NetworkTables &
  TrackingTables;
