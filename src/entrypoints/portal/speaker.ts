import type { Format } from '#base/language';
import type { Company } from '#domain/accounts';
import type { Document } from '#domain/documents';
import type { Wording } from './wording.ts';

/** What the parts of a document page speak with. */
export interface Speaker {
  readonly t: Wording;
  readonly format: Format;
  readonly company: Company;
  readonly pageUrl: string;
}

/** "Invoice 2026-0318"; only the kind where there is no number. */
export function documentName(t: Wording, document: Pick<Document, 'kind' | 'number'>): string {
  return [t(`kind.${document.kind}`), document.number].filter((part) => part !== null).join(' ');
}

export function anchorOf(documentId: string): string {
  return documentId.replace('_', '-').toLowerCase();
}
