import type { Errors } from '../kit/index.ts';

/** A DNS record as pages show it, its words already in the reader's language. */
export type RecordModel = {
  readonly title: string;
  readonly why: string;
  readonly verdict: string;
  readonly state: 'opened' | 'failed' | 'unconfirmed';
  readonly isRequired: boolean;
  readonly type: string;
  readonly name: string;
  readonly expected: string;
  readonly found: readonly string[];
  readonly problem: string | null;
  /** Who was asked, and for how many minutes others keep that answer; null when nobody answered. */
  readonly asked: { readonly server: string; readonly minutes: number } | null;
};

export type DomainState = 'pending' | 'valid' | 'warning' | 'broken';

export type DomainModel = {
  readonly id: string;
  readonly name: string;
  readonly state: DomainState;
  readonly stateWord: string;
  readonly records: readonly RecordModel[];
  readonly checkedAt: Date | null;
  readonly missingSince: Date | null;
  /** Lines for a zone file with what is still missing; empty when all is there. */
  readonly zone: string;
  /** Where the administrator sees the same, without signing in. */
  readonly pageUrl: string;
  readonly history: readonly {
    readonly at: Date;
    readonly text: string;
    readonly actor: 'us' | 'fault' | 'person';
  }[];
  /** Selectors of old keys, with the day from which their record may be deleted. */
  readonly oldKeys: readonly { readonly name: string; readonly removableFrom: Date }[];
  readonly mayRotate: boolean;
  readonly fallback: {
    readonly value: string;
    readonly choices: readonly { readonly value: string; readonly text: string }[];
  };
  /** From which address the settings can be mailed; null: only the link can be handed on. */
  readonly mailFrom: string | null;
  /** What the operator has not told, so that records would be wrong. */
  readonly missing: DomainsModel['missing'];
  readonly errors: Errors;
  readonly typedTo: string;
};

export type DomainsModel = {
  readonly domains: readonly {
    readonly id: string;
    readonly name: string;
    readonly state: DomainState;
    readonly stateWord: string;
    readonly right: number;
    readonly required: number;
    readonly checkedAt: Date | null;
  }[];
  readonly errors: Errors;
  readonly typed: string;
  /** What the operator has not told, so that records would be wrong: words of the catalogue. */
  readonly missing: readonly ('mailHost' | 'publicIps' | 'delivery')[];
};
