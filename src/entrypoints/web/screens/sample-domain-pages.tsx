import type { View } from '../kit/index.ts';
import { DnsPage } from './dns-page.tsx';
import { DomainScreen } from './domain.tsx';
import { dnsPageModel, domainModel, domainsModel, methodsModel, newDomainSender } from './sample-domains.ts';
import { DomainsScreen } from './settings-domains.tsx';
import { SendersScreen } from './settings-senders.tsx';

/** The pages about domains, and about the ways to send. */
export const domainPages = {
  '/settings/domains': (view: View) => <DomainsScreen view={view} model={domainsModel} />,
  '/settings/domains/dom_1': (view: View) => <DomainScreen view={view} model={domainModel} />,
  '/dns/dom_1.x': (view: View) => <DnsPage view={view} model={dnsPageModel} />,
  '/settings/senders?sender=new': (view: View) => <SendersScreen view={view} model={methodsModel} />,
  '/settings/senders?sender=new&method=domain': (view: View) => (
    <SendersScreen view={view} model={newDomainSender} />
  ),
};
