import type { Context } from 'hono';
import { type Company, hasFeature } from '#domain/accounts';
import { listMailboxes, readSelfTest, type SelfTestStanding } from '#domain/returns';
import { isProviderSender, listDomains, listGrants, listSenders, type Sender } from '#domain/senders';
import { inCompany, type Tx } from '#stores/database';
import type { View } from '../kit/index.ts';
import type { WebNeeds, WebTables } from '../needs.ts';
import type { AddressRuleModel } from '../screens/settings-address-rule.tsx';
import { SendersScreen } from '../screens/settings-senders.tsx';
import type { SendersModel } from '../screens/settings-senders-model.ts';
import type { StaffEnv } from '../staff/env.ts';
import { page } from '../staff/page.tsx';
import { mailboxState } from './add-mailbox.tsx';
import { addressRuleModel } from './address-rule.ts';
import { methodCards } from './method-cards.ts';
import { foreseenBounces } from './self-test-words.ts';
import type { SenderResults } from './sender-results.ts';
import { connectionOf, senderModel } from './sender-words.ts';

type C = Context<StaffEnv>;

export type SendersDesk = { readonly needs: WebNeeds; readonly results: SenderResults };

/** The page of the senders, with a form that is open or a rule that was refused. */
export async function showSenders(
  { needs, results }: SendersDesk,
  c: C,
  shown: {
    readonly editing: SendersModel['editing'];
    readonly rule?: AddressRuleModel;
    readonly status?: 422;
  },
): Promise<Response> {
  const { editing } = shown;
  const { view, company, session } = c.var;
  const { senders, domains, grants, mailboxes, addressRule, selfTests } = await inCompany(
    needs.database,
    company.id,
    async (tx) => {
      const all = await listSenders(tx, company.id);
      return {
        senders: all,
        domains: await listDomains(tx, company.id),
        grants: await listGrants(tx, company.id),
        mailboxes: new Map((await listMailboxes(tx, company.id)).map((one) => [one.senderId, one])),
        selfTests: await selfTestsOf(tx, needs, company, all),
        addressRule: await addressRuleModel(tx, view, { companyId: company.id, senders: all }),
      };
    },
  );
  const result = results.find(c.req.query('tested'), company.id);
  const isChoosing = c.req.query('sender') === 'new' && editing === null && session.role === 'owner';
  const model: SendersModel = {
    cards: isChoosing
      ? methodCards(view, needs, { user: session.user, companyName: company.name, senders, domains })
      : [],
    senders: senders.map((sender) => ({
      ...senderModel(view, sender, result, senders.find((one) => one.id === sender.viaSenderId)?.address),
      ...connectionOf(sender, grants),
      ...(sender.method === 'smtp' || isProviderSender(sender)
        ? { mailbox: mailboxState(view, mailboxes.get(sender.id)) }
        : {}),
      ...(sender.method === 'sandbox'
        ? {}
        : {
            replies: repliesOf(needs, company, mailboxes.get(sender.id)?.state),
            selfTest: selfTestModel(view, sender, selfTests.get(sender.id)),
          }),
    })),
    editing,
    testTo: session.user.email,
    addressRule: shown.rule ?? addressRule,
    hasProviders: session.role === 'owner' && hasFeature(company, 'registered'),
  };
  return page(c, <SendersScreen view={view} model={model} />, shown.status ?? 200);
}

/** The last self-test of each sender. */
async function selfTestsOf(
  tx: Tx<WebTables>,
  { senders: deps }: WebNeeds,
  company: Company,
  senders: readonly Sender[],
): Promise<ReadonlyMap<string, SelfTestStanding>> {
  const found = new Map<string, SelfTestStanding>();
  for (const sender of senders) {
    const standing = await readSelfTest(tx, deps, sender, company.trackReplies);
    if (standing) found.set(sender.id, standing);
  }
  return found;
}

/** What its list says of a sender's self-test; one of another address or server says nothing. */
function selfTestModel(view: View, sender: Sender, standing: SelfTestStanding | undefined) {
  const seen = standing && !standing.isStale ? foreseenBounces(view, sender, standing) : null;
  return standing && seen ? { ...seen, at: standing.test.endedAt ?? standing.test.sentAt } : null;
}

/** Where answers to a sender can be seen: as the company has set it, or in its mailbox. */
function repliesOf(needs: WebNeeds, company: Company, mailbox: string | undefined) {
  if (company.trackReplies && needs.senders.house.platformDomain !== 'localhost') return 'tracked' as const;
  return mailbox === 'working' ? ('read' as const) : ('unseen' as const);
}
