import type { Errors } from '../kit/index.ts';

export type WebhookModel = {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly events: readonly string[];
  readonly state: 'active' | 'paused' | 'failing' | 'gone';
  readonly failingSince: Date | null;
  /** How many events wait, and how many were given up within the last month. */
  readonly waiting: number;
  readonly failed: number;
};

export type WebhookDeliveryRow = {
  readonly id: string;
  readonly url: string;
  readonly eventType: string;
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly at: Date;
};

export type WebhooksModel = {
  readonly webhooks: readonly WebhookModel[];
  /** The secret of a webhook that was just made or got a new one: shown this once. */
  readonly made: { readonly url: string; readonly secret: string } | null;
  /** The form: a new webhook or the one being changed; null: closed. */
  readonly editing: {
    readonly id: string | null;
    readonly values: { readonly url: string; readonly description: string; readonly events: string };
    readonly errors: Errors;
  } | null;
  readonly deliveries: readonly WebhookDeliveryRow[];
  readonly newer: string | null;
  readonly older: string | null;
};

export type WebhookDeliveryModel = {
  readonly id: string;
  readonly webhookId: string;
  readonly url: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly state: WebhookDeliveryRow['state'];
  readonly dueAt: Date | null;
  /** Indented; null when the event is no longer there. */
  readonly body: string | null;
  readonly attempts: readonly {
    readonly n: number;
    readonly at: Date;
    readonly durationMs: number;
    readonly status: number | null;
    readonly problem: string | null;
    readonly answer: string;
  }[];
};
