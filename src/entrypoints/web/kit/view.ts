import type { Format, Language } from '#base/language';
import type { StaffTexts } from '../texts/index.ts';
import type { NoteState } from './note.tsx';

export type Theme = 'light' | 'dark' | 'auto';

/** The places of the side bar, in its order. */
export const places = [
  'home',
  'documents',
  'emails',
  'received',
  'notices',
  'reminders',
  'payments',
  'customers',
  'sandbox',
  'settings',
] as const;
export type Place = (typeof places)[number];

/** A sentence that the deed before has left for this page; shown once. */
export type FlashModel = {
  readonly state: NoteState;
  readonly text: string;
  readonly wayOut?: { readonly href: string; readonly text: string };
};

/** What every staff page knows beside its own model. Made once per request; the views read it and nothing else. */
export type View = {
  readonly t: StaffTexts;
  readonly format: Format;
  readonly language: Language;
  readonly user: { readonly id: string; readonly name: string; readonly email: string } | null;
  readonly company: { readonly id: string; readonly name: string } | null;
  /** Other companies of the same user, to change over to. */
  readonly otherCompanies: readonly { readonly id: string; readonly name: string }[];
  /** Runs the installation. */
  readonly isOperator?: boolean;
  readonly csrf: string;
  /** Path and query of this page: the current place, the way back, the filters in force. */
  readonly path: string;
  readonly theme: Theme;
  /** Numbers beside the places; a place without one shows none. `notices` is shown as urgent. */
  readonly counts: Readonly<Partial<Record<Place, number>>>;
  /** Places that this installation or plan shows; absent: all. */
  readonly places?: readonly Place[];
  /** True while no sender is set up: mail goes to the sandbox, and every page says so. */
  readonly sandboxed: boolean;
  readonly assets: { readonly style: string; readonly script: string; readonly liveWorker: string };
  readonly nonce: string;
  /** The log index at which this page was made: live updates go on from there. */
  readonly logIndex: number;
  readonly flash?: FlashModel | null;
  /** A picture on the portal's host that marks this browser there as staff; on the first page after the sign-in. */
  readonly staffMark?: string | null;
};

/** The same for a piece of the page at `base`, which is fetched by an address of its own with the page's query. */
export function viewAt(view: View, base: string): View {
  const at = view.path.indexOf('?');
  return { ...view, path: at < 0 ? base : base + view.path.slice(at) };
}
