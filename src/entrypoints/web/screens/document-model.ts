import type { EnvelopeModel, EnvelopeState, GoingOutModel, Person } from '../kit/index.ts';
import type { DocumentFactsModel } from './document-facts-model.ts';
import type { VersionModel } from './document-rest.tsx';
import type { EventModel } from './event-words.ts';

/** What went from company to company, and how it stands. */
export type NetworkModel = {
  readonly company: string;
  /** How it is known to be that company. */
  readonly proof: string;
  readonly state: EnvelopeState;
  readonly word: string;
  readonly at: Date | null;
  /** Why it did not arrive. */
  readonly why: string | null;
  /** What the company wrote when it rejected it. */
  readonly reason: string | null;
};

export type DispatchModel = {
  readonly id: string;
  readonly purpose: 'first' | 'reminder' | 'resend';
  /** "Reminder 2"; null where it is the only one of its purpose. */
  readonly ordinal?: number | null;
  readonly origin: 'manual' | 'automatic' | 'api';
  /** Sent by other means and only written down: post, hand, chat, phone, other. */
  readonly otherMeans: 'post' | 'hand' | 'chat' | 'phone' | 'other' | null;
  /** It stayed in the sandbox, and e-mails leave by now: it counts as nothing. */
  readonly isTrial?: boolean;
  readonly envelope: EnvelopeModel;
  readonly at: Date;
  /** The address it went out from, and who sent it. */
  readonly from: string;
  readonly by: string | null;
  /** How many of them did what: "1 opened, 1 downloaded". */
  readonly sum?: string;
  readonly people: readonly Person[];
  readonly events: readonly EventModel[];
  /** There are older ones. */
  readonly isCut?: boolean;
  readonly network?: readonly NetworkModel[];
  /** True while it can be taken back. */
  readonly canCancel: boolean;
  /** A message of it that waits for other words. */
  readonly forWords?: string | null;
};

export type DocumentModel = DocumentFactsModel & {
  readonly envelope: EnvelopeModel;
  /** Addresses of the page images; empty while they are made or when there are none. */
  readonly pages: readonly string[];
  readonly page: number;
  /** "PDF with Factur-X", as the format's name, and the file's size. */
  readonly format: string;
  readonly bytes: number;
  /** The pages could not be drawn; the file itself can be opened all the same. */
  readonly imagesFailed?: boolean;
  /** The file as it came in is something else than the PDF that is shown. */
  readonly hasXml?: boolean;
  readonly dispatches: readonly DispatchModel[];
  /** What might help, each with its reason. */
  readonly hints?: readonly { readonly name: string; readonly text: string }[];
  readonly responses: readonly EventModel[];
  /** The mailbox to which answers come, where Envoi does not see them. */
  readonly answersTo?: string | null;
  readonly versions: readonly VersionModel[];
  /** Another version replaces this one. */
  readonly replacedBy: string | null;
  /** It was taken out of the lists and is not reminded of. */
  readonly canceled?: boolean;
  readonly canRemind: boolean;
  /** The page that its recipients have got, as staff may look at it (never counted). */
  readonly portalPreview: string | null;
  /** The customer's own link, to copy into a chat. */
  readonly customerLink: string | null;
  /** The dispatch that is just going out, with the seconds to undo. */
  readonly going?: GoingOutModel | null;
};
