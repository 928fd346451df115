import type { Context } from 'hono';
import { dayIn } from '#base/time';
import { hasFeature } from '#domain/accounts';
import { catchUp, readFigures } from '#domain/overview';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { FiguresBody, type FiguresModel, FiguresScreen } from '../screens/figures.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { fragment, page } from '../staff/page.tsx';
import { messageFilter, readEmailsQuery } from './emails-query.ts';
import { presets, spanOf } from './period-span.ts';
import { senderChoices } from './sender-choices.ts';

/** The figures of a period, kind and sender. */
export function addFigures(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.figures, async (c) =>
    page(c, <FiguresScreen view={c.var.view} model={await figuresModel(needs, c)} />),
  );
  app.get('/fragments/figures/all', async (c) =>
    fragment(c, <FiguresBody view={c.var.view} model={await figuresModel(needs, c)} />),
  );
}

async function figuresModel(needs: WebNeeds, c: Context<StaffEnv>): Promise<FiguresModel> {
  const { company } = c.var;
  const today = dayIn(company.timeZone, needs.clock());
  const query = readEmailsQuery(c.req.query(), today, company.fiscalMonth);
  await catchUp(needs.database);
  const { kind, senderId, fromDay, toDay } = messageFilter(query);
  const figures = await readFigures(needs.database, company.id, { kind, senderId, fromDay, toDay }, today);
  const senders = await inCompany(needs.database, company.id, (tx) =>
    senderChoices(tx, c.var.view, company.id),
  );
  return {
    ...figures,
    isInPlan: hasFeature(company, 'engagement'),
    kind: query.kind,
    preset: query.preset,
    span: query.span,
    presets: presets.map((name) => ({ name, span: spanOf(name, today, company.fiscalMonth) })),
    senders,
    sender: senders.find(({ id }) => id === query.senderId) ?? null,
  };
}
