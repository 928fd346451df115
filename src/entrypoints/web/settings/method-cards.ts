import { fullName } from '#domain/accounts';
import { type ProviderName, platformAddress, type Sender, type SendingDomain } from '#domain/senders';
import { formatAddress } from '#mail/address';
import { paths, type View } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import type { MethodCard } from '../screens/settings-senders-model.ts';
import { wrong } from '../staff/wording.ts';

/** The ways to send, with what this company's customers would see by each. */
export function methodCards(
  view: View,
  { senders: { house, providers } }: WebNeeds,
  about: {
    readonly user: Parameters<typeof fullName>[0] & { readonly email: string };
    readonly companyName: string;
    readonly senders: readonly Sender[];
    readonly domains: readonly SendingDomain[];
  },
): MethodCard[] {
  const { user, companyName, senders } = about;
  const hasNoWayOut = house.delivery.kind === 'none' ? wrong(view, 'platform_not_set_up') : null;
  const hasPlatform = senders.some((sender) => sender.method === 'platform')
    ? view.t('senders.platform.there')
    : null;
  const obstacleAt = (method: ProviderName): string | null =>
    providers[method] ? null : view.t(`method.${method}.operator`);
  const own = formatAddress(fullName(user), user.email);
  const fromPlatform = formatAddress(companyName, platformAddress(house));
  return [
    {
      method: 'domain',
      obstacle: hasNoWayOut,
      from: own,
      answersTo: user.email,
      first: domainFirst(view, about.domains),
    },
    { method: 'smtp', obstacle: null, from: own, answersTo: user.email },
    ...(['google', 'microsoft'] as const).map((method) => ({
      method,
      obstacle: obstacleAt(method),
      from: own,
      answersTo: user.email,
    })),
    { method: 'platform', obstacle: hasNoWayOut ?? hasPlatform, from: fromPlatform, answersTo: user.email },
    { method: 'open', obstacle: hasNoWayOut, from: own, answersTo: user.email },
  ];
}

/** No address works before its domain is there with its records. */
function domainFirst({ t }: View, domains: readonly SendingDomain[]): MethodCard['first'] {
  const [domain] = domains;
  if (!domain) return { href: paths.settingsDomains, text: t('domains.add') };
  if (domains.some(({ state }) => state === 'valid' || state === 'warning')) return null;
  return { href: paths.domain(domain.id), text: t('notice.mendDomain') };
}
