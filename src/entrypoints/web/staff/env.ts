import type { Hono } from 'hono';
import type { Company, Session } from '#domain/accounts';
import type { View } from '../kit/index.ts';

/** What a request carries behind the sign-in: who asks, for which company, and what every page of it shows. */
export type StaffEnv = {
  Variables: {
    readonly session: Session;
    readonly company: Company;
    readonly view: View;
    /** The portal's origin where it has a host of its own: its pictures may be shown. */
    readonly portalOrigin: string | null;
  };
};

export type StaffApp = Hono<StaffEnv>;
