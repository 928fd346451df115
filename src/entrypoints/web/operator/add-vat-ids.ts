import type { Context } from 'hono';
import {
  type Confirmed,
  confirmVatId,
  type NamingTables,
  standingsOfAll,
  withdrawVatId,
} from '#domain/network';
import { asWorker, type Tx } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import type { VatRow } from '../screens/operator-vat.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';

/** The operator vouches for a company's VAT id, or takes that back. Who may come here is asked by the pages around it. */
export function addVatIds(app: StaffApp, needs: WebNeeds): void {
  app.post(paths.operatorVat, async (c) => {
    const form = await readForm(c);
    const asked = { companyId: form.text('company'), vatId: form.text('vatId'), note: form.text('note') };
    return answer(needs, c, await asWorker(needs.database, (tx) => confirmVatId(tx, asked, needs.clock())));
  });
  app.post(paths.operatorVatWithdraw, async (c) => {
    const vatId = (await readForm(c)).text('vatId');
    return answer(needs, c, await asWorker(needs.database, (tx) => withdrawVatId(tx, vatId, needs.clock())));
  });
}

function answer(needs: WebNeeds, c: Context<StaffEnv>, done: Confirmed): Response {
  const { t } = c.var.view;
  const said = done.ok
    ? ({ state: 'opened', text: t('kit.saved') } as const)
    : ({ state: 'failed', text: t(`operator.vat.refused.${done.reason}`) } as const);
  return seeOther(needs, c, `${paths.operator}#vat-ids`, said);
}

/** The VAT ids that companies say they have; those that wait for a confirmation come first. */
export async function vatRows(tx: Tx<NamingTables>): Promise<VatRow[]> {
  const rows = (await standingsOfAll(tx)).flatMap(
    ({ companyId, company, listedAt, names, unconfirmedVatId }) => {
      const of = { companyId, company, isListed: listedAt !== null };
      const confirmed = names.flatMap(({ name }) =>
        name.startsWith('vat:') ? [name.slice('vat:'.length)] : [],
      );
      return [
        ...(unconfirmedVatId ? [{ ...of, vatId: unconfirmedVatId, isConfirmed: false }] : []),
        ...confirmed.map((vatId) => ({ ...of, vatId, isConfirmed: true })),
      ];
    },
  );
  return rows.sort((a, b) => Number(a.isConfirmed) - Number(b.isConfirmed));
}
