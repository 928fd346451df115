import type { HandOver } from '#domain/network';
import {
  isProviderService,
  type ProviderService,
  providerServices,
  type Service,
  services,
} from '#domain/registered';
import type { TrackingMode } from '#domain/tracking';

export type Purpose = 'first' | 'reminder' | 'resend';
export type Origin = 'manual' | 'automatic' | 'api';
/** How it is handed over: as a mail, behind a code, or through an outside provider. */
export type DispatchService = 'standard' | Service | ProviderService;
export const dispatchServices: readonly [DispatchService, ...DispatchService[]] = [
  'standard',
  ...services,
  ...providerServices,
];

/** Whether the content waits with us, and nothing of it is in the mail. */
export function isBehindCode(service: DispatchService): service is Service {
  return service !== 'standard' && !isProviderService(service);
}
export type OtherMeans = 'post' | 'hand' | 'chat' | 'phone' | 'other';
export const otherMeans: readonly OtherMeans[] = ['post', 'hand', 'chat', 'phone', 'other'];

/** By which way: a mail to people, or from company to company inside the installation. */
export type Channel = 'email' | 'network';
export const channels: readonly Channel[] = ['email', 'network'];

/** The act of sending documents, once, to some recipients. */
export interface Dispatch {
  readonly id: string;
  readonly companyId: string;
  readonly externalId: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** In the order in which they stand in the mail. */
  readonly documentIds: readonly string[];
  readonly purpose: Purpose;
  readonly origin: Origin;
  readonly service: DispatchService;
  /** Behind a code, and who sends is told to the recipient only when he has accepted. */
  readonly senderHidden: boolean;
  /** Empty: recorded as sent by other means. */
  readonly channels: readonly Channel[];
  /** What went by the network, and what became of it. */
  readonly handOvers: readonly HandOver[];
  readonly otherMeans: OtherMeans | null;
  readonly otherNote: string | null;
  readonly senderId: string | null;
  readonly senderReason: string | null;
  readonly letterId: string | null;
  readonly subject: string;
  readonly language: string;
  readonly attach: boolean;
  readonly link: boolean;
  readonly tracking: TrackingMode;
  readonly sendAt: Date | null;
  readonly undoUntil: Date | null;
  /** The message whose address this dispatch corrects. */
  readonly resendOf: string | null;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdAt: Date;
  readonly canceledAt: Date | null;
  /** Its mails and letter are gone since then; its events and proofs are not. */
  readonly contentErasedAt?: Date | null;
  /** The company's text that it was written with; null: a built-in one, or none. */
  readonly templateId: string | null;
  readonly templateVersion: number | null;
}

const breadth: Readonly<Record<TrackingMode, number>> = { none: 0, links: 1, full: 2 };

/** The narrowest of the given modes: a lower level may only narrow what the one above allows. */
export function narrowestMode(...modes: readonly TrackingMode[]): TrackingMode {
  return modes.reduce((narrow, mode) => (breadth[mode] < breadth[narrow] ? mode : narrow), 'full');
}
