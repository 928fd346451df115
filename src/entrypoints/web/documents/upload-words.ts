import { type Document, missingFacts } from '#domain/documents';
import type { View } from '../kit/index.ts';
import { documentTitle } from '../screens/document-words.ts';
import type { UploadResult } from './take-file.ts';

/** The facts that a person must still fill in, as words. */
export function missingWords(view: View, document: Document): string[] {
  const names = missingFacts(document).map((fact) => (fact === 'buyer' ? 'customer' : fact));
  return names.map((name) => view.t(`fact.${name}`));
}

/** What became of a file that came in, as a sentence. */
export function uploadSentence(view: View, result: UploadResult): string {
  const { t, format } = view;
  if (!result.ok) {
    const key = `upload.refused.${result.reason}`;
    return t.has(key) ? t(key, { size: format.bytes(result.limit) }) : t('upload.refused.broken_pdf');
  }
  const { document, existed, notes, customer } = result;
  if (existed) return t('upload.existed');
  const missing = missingWords(view, document);
  const said =
    missing.length > 0
      ? t('upload.asks', { list: format.list(missing) })
      : t('upload.read', {
          amount:
            document.total && document.currency ? format.moneyText(document.total, document.currency) : '',
          hasAmount: document.total && document.currency ? 'yes' : 'no',
          customer: customer ?? '',
          hasCustomer: customer ? 'yes' : 'no',
        });
  return [said, ...notes.map((note) => t(`upload.note.${note}`))].join(' ');
}

export function titleOf(view: View, document: Pick<Document, 'kind' | 'number'>): string {
  return documentTitle(view, document);
}
