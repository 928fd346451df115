import type { Language } from '#base/language';
import type { TextKind, TextPurpose } from '#domain/templates';
import type { Errors } from '../kit/index.ts';

export type TemplatesModel = {
  readonly kind: TextKind;
  readonly purpose: TextPurpose;
  readonly kinds: readonly TextKind[];
  readonly rows: readonly {
    readonly language: string;
    readonly own: readonly {
      readonly id: string;
      readonly name: string;
      readonly subject: string;
      readonly sender: string | null;
      /** Its sender where that does not work, so that what is sent with the text waits. */
      readonly stuck?: { readonly id: string; readonly address: string } | null;
      readonly isDefault: boolean;
    }[];
    /** The one that comes with Envoi. */
    readonly builtIn: { readonly subject: string; readonly isDefault: boolean };
    readonly newHref: string;
  }[];
};

export type VariableModel = {
  readonly name: string;
  /** What it says for the document that is shown; null: nothing. */
  readonly value: string | null;
  /** What a click puts into the text. */
  readonly insert: string;
};

export type ApartText = {
  readonly title: string;
  readonly action: string;
  readonly back: string;
  /** What it is for, and what stays as it is. */
  readonly note: string;
  readonly save: string;
  /** Takes the words away again; null: there are none yet. */
  readonly reset: { readonly action: string; readonly text: string } | null;
};

export type TemplateModel = {
  /** null: not kept yet. */
  readonly id: string | null;
  readonly kind: TextKind;
  readonly purpose: TextPurpose;
  readonly language: Language;
  readonly languageName: string;
  readonly name: string;
  readonly senderId: string | null;
  /** `stuck`: it does not work, and what is sent with a text tied to it waits. */
  readonly senders: readonly { readonly id: string; readonly label: string; readonly stuck?: boolean }[];
  readonly isDefault: boolean;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly variables: readonly VariableModel[];
  /** Documents that it can be looked at with. */
  readonly examples: readonly { readonly id: string; readonly title: string }[];
  readonly exampleId: string | null;
  readonly preview: {
    readonly subject: string;
    readonly body: { readonly before: string; readonly after: string };
    readonly cards: readonly {
      readonly title: string;
      readonly line: string;
      readonly button: string | null;
    }[];
    readonly missing: readonly string[];
    readonly fault: string | null;
  } | null;
  readonly fromSend: boolean;
  /** It is no template: words for one run, or of one step of a policy. */
  readonly apart?: ApartText;
  readonly errors: Errors;
};
