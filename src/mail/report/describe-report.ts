import type { Report, ReportKind, ReportRecipient } from './report.ts';

/** What `envoi read-report` prints; the names are part of the product's contract. */
export type ReportDescription = {
  readonly kind: ReportKind;
  readonly originalMessageId: string | null;
  readonly recipients: readonly ReportRecipient[];
};

/** Leaves of a report what the contract names, in its order. */
export function describeReport({ kind, originalMessageId, recipients }: Report): ReportDescription {
  return {
    kind,
    originalMessageId,
    recipients: recipients.map((one) => ({
      address: one.address,
      action: one.action,
      status: one.status,
      smtpCode: one.smtpCode,
      class: one.class,
      permanent: one.permanent,
      diagnostic: one.diagnostic,
    })),
  };
}
