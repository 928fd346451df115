import { dayIn } from '#base/time';
import { catchUp, readFigures } from '#domain/overview';
import { listSenders } from '#domain/senders';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { type FiguresModel, FiguresScreen } from '../screens/figures.tsx';
import type { StaffApp } from '../staff/env.ts';
import { page } from '../staff/page.tsx';
import { messageFilter, readEmailsQuery } from './emails-query.ts';
import { presets, spanOf } from './period-span.ts';

/** The figures of a period, kind and sender. */
export function addFigures(app: StaffApp, needs: WebNeeds): void {
  app.get(paths.figures, async (c) => {
    const { company, view } = c.var;
    const today = dayIn(company.timeZone, needs.clock());
    const query = readEmailsQuery(c.req.query(), today, company.fiscalMonth);
    await catchUp(needs.database);
    const { kind, senderId, fromDay, toDay } = messageFilter(query);
    const figures = await readFigures(needs.database, company.id, { kind, senderId, fromDay, toDay });
    const senders = await inCompany(needs.database, company.id, (tx) => listSenders(tx, company.id));
    const model: FiguresModel = {
      ...figures,
      kind: query.kind,
      preset: query.preset,
      span: query.span,
      presets: presets.map((name) => ({ name, span: spanOf(name, today, company.fiscalMonth) })),
      senders: senders.map(({ id, address }) => ({ id, address })),
      sender: senders.find(({ id }) => id === query.senderId) ?? null,
    };
    return page(c, <FiguresScreen view={view} model={model} />);
  });
}
