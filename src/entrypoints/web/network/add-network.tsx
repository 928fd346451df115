import type { Context } from 'hono';
import { liftBlock, listBlocks, listCompany, standingOf, unlistCompany } from '#domain/network';
import { inCompany } from '#stores/database';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { NetworkScreen } from '../screens/settings-network.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { ownersOnly } from '../staff/guard.ts';
import { page, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';

type C = Context<StaffEnv>;

/** Whether other companies find this one: for owners. */
export function addNetwork(app: StaffApp, needs: WebNeeds): void {
  app.use(paths.settingsNetwork, ownersOnly());
  app.get(paths.settingsNetwork, (c) => show(needs, c));
  app.post(paths.settingsNetwork, (c) => change(needs, c));
  app.use(paths.settingsNetworkBlocks, ownersOnly());
  app.post(paths.settingsNetworkBlocks, (c) => lift(needs, c));
}

async function show(needs: WebNeeds, c: C): Promise<Response> {
  const { company, view } = c.var;
  const { standing, blocks } = await inCompany(needs.database, company.id, async (tx) => ({
    standing: await standingOf(tx, company.id),
    blocks: await listBlocks(tx, company.id),
  }));
  const model = {
    listedAt: standing.listedAt,
    names: standing.names.map(({ name, proof }) => {
      const value = name.replace(/^\w+:/, '');
      const kind = name.startsWith('vat:') ? ('vat' as const) : ('domain' as const);
      return { value, kind, proof: view.t(`network.proof.own.${proof}`) };
    }),
    unconfirmedVatId: standing.unconfirmedVatId,
    hasVatId: company.vatId !== null,
    blocks: blocks.map(({ fromId, fromName, blockedAt }) => ({ id: fromId, name: fromName, at: blockedAt })),
  };
  return page(c, <NetworkScreen view={view} model={model} />);
}

async function change(needs: WebNeeds, c: C): Promise<Response> {
  const { company, view, session } = c.var;
  const isJoining = (await readForm(c)).text('listed') === 'yes';
  const which = { companyId: company.id, by: { actor: 'user', id: session.user.id } } as const;
  await inCompany(needs.database, company.id, (tx) =>
    (isJoining ? listCompany : unlistCompany)(tx, which, needs.clock()),
  );
  const text = view.t(isJoining ? 'network.joined' : 'network.left');
  return seeOther(needs, c, paths.settingsNetwork, { state: 'opened', text });
}

async function lift(needs: WebNeeds, c: C): Promise<Response> {
  const { company, view, session } = c.var;
  const fromId = (await readForm(c)).text('lift');
  const which = { companyId: company.id, fromId, by: { actor: 'user', id: session.user.id } } as const;
  await inCompany(needs.database, company.id, (tx) => liftBlock(tx, which, needs.clock()));
  return seeOther(needs, c, paths.settingsNetwork, { state: 'opened', text: view.t('network.lifted') });
}
