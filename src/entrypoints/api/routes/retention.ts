import { z } from '@hono/zod-openapi';
import { getCompany } from '#domain/accounts';
import { retentionReport } from '#domain/tracking';
import { json, refuse } from '../answer.ts';
import { inOwnCompany } from '../call.ts';
import { defineRoute, type Route } from '../route.ts';
import { day, instant, iso, maybeInstant, maybeIso } from '../shapes/common.ts';

const count = z.number().int();

const reportShape = z
  .object({
    retentionDays: count,
    before: instant.openapi({ description: 'details from before are deleted now' }),
    days: z.array(
      z.object({ day, before: instant, messages: count, hits: count, fields: count, dnsAnswers: count }),
    ),
    held: z
      .object({ dispatches: count, hits: count })
      .openapi({ description: 'what would be gone, were it not for legal holds' }),
    next: z.object({
      at: maybeInstant.openapi({ description: 'when the oldest detail is due' }),
      hits: count.openapi({ description: 'due within 30 days' }),
    }),
  })
  .openapi('RetentionReport');

const get = defineRoute({
  method: 'get',
  path: '/retention',
  operationId: 'getRetentionReport',
  tag: 'Privacy',
  summary: 'Tell what retention has deleted, what legal holds keep, and what is due next',
  description: 'Day by day of the company’s calendar, newest first, as the log says.',
  right: 'read',
  success: { kind: 'json', statuses: [200], schema: reportShape },
  handle: (call) =>
    inOwnCompany(call, async (tx) => {
      const company = await getCompany(tx, call.companyId);
      if (!company) return refuse('not_found');
      const report = await retentionReport(tx, company, call.now);
      return json({
        ...report,
        before: iso(report.before),
        days: report.days.map((one) => ({ ...one, before: iso(one.before) })),
        next: { ...report.next, at: maybeIso(report.next.at) },
      });
    }),
});

export const retentionRoutes: readonly Route[] = [get];
