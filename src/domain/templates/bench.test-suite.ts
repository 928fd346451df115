import { makeFormat } from '#base/language';
import { DOCUMENTS_PLACEHOLDER, type LetterDocument, type LetterParts, type LinkUrls } from './index.ts';

/** The parts of a letter for tests; what matters to a test is said there. */
export const invoice: LetterDocument = {
  kind: 'invoice',
  number: '2026-0318',
  issueDate: '2026-11-12',
  dueDate: '2026-12-12',
  currency: 'EUR',
  total: '3866.4',
  amountDue: '1000',
  isCourtesyCopy: false,
};
export const parts = (more: Partial<LetterParts> = {}): LetterParts => ({
  look: {
    companyName: 'Vautrin & Sons',
    address: 'Rue des Tanneurs 41\r\n1000 Brussels',
    brandColor: null,
    logoUrl: null,
  },
  language: 'en',
  format: makeFormat({ language: 'en', zone: 'Europe/Brussels', now: new Date('2026-11-19T13:20:00Z') }),
  subject: 'Invoice <1>',
  bodyHtml: `<p>Before</p><p>${DOCUMENTS_PLACEHOLDER}</p><p>After</p>`,
  documents: [invoice],
  linked: true,
  tracking: 'full',
  ...more,
});
export const links = (mode: LinkUrls['mode']): LinkUrls => ({
  page: 'https://docs.example/d/page-token$&',
  pixel: 'https://docs.example/o/pixel-token.gif',
  withdraw: "https://docs.example/w/withdraw-token?a=1&b='",
  mode,
});

/** Tags that are not closed, or closed without being opened. */
export function unbalanced(html: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  const bare = html.replace(/<!--[\s\S]*?-->|<style>[\s\S]*?<\/style>|<!doctype html>/g, '');
  for (const [, slash, name = ''] of bare.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (['br', 'meta', 'img'].includes(name)) continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) wrong.push(`/${name}`);
  }
  return [...wrong, ...open];
}
