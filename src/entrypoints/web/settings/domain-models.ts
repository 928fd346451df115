import {
  type DomainRecord,
  domainPageToken,
  domainTexts,
  removableFrom,
  type Sender,
  type SendingDomain,
  shownDomain,
  zoneSnippet,
} from '#domain/senders';
import type { View } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import type { DomainModel, DomainsModel, RecordModel } from '../screens/domain-model.ts';

/** A domain as its page shows it. */
export function domainModel(
  {
    view,
    needs,
    senders,
  }: { readonly view: View; readonly needs: WebNeeds; readonly senders: readonly Sender[] },
  domain: SendingDomain,
): Omit<DomainModel, 'errors' | 'typedTo'> {
  const t = domainTexts(view.language);
  const spare = domain.keys.find((key) => key.state === 'spare');
  return {
    id: domain.id,
    name: shownDomain(domain.name),
    state: domain.state,
    stateWord: t(`state.${domain.state}`),
    records: domain.records.map((record) => recordModel(view, record)),
    checkedAt: domain.checkedAt,
    missingSince: domain.missingSince,
    zone: zoneSnippet(domain.name, domain.records),
    pageUrl: pageUrl(needs, domain),
    history: historyOf(view, domain),
    oldKeys: domain.keys.flatMap((key) => {
      const from = key.state === 'old' ? removableFrom(key) : null;
      return from ? [{ name: `${key.selector}._domainkey.${domain.name}`, removableFrom: from }] : [];
    }),
    mayRotate: domain.records.some((one) => one.purpose === 'dkim_spare' && one.valid) && spare !== undefined,
    fallback: {
      value: domain.fallbackSenderId ?? '',
      choices: senders
        .filter((one) => one.state === 'valid' && one.method !== 'domain' && one.method !== 'sandbox')
        .map((one) => ({ value: one.id, text: one.address })),
    },
    missing: missingSettings(needs),
    mailFrom: mailsSettings(senders)?.address ?? null,
  };
}

/** The sender from which the records go to their administrator: the first that works, the usual one before all. Null: none does. */
export function mailsSettings(senders: readonly Sender[]): Sender | null {
  return senders.find((sender) => sender.method !== 'sandbox' && sender.state === 'valid') ?? null;
}

/** Where the administrator of a domain looks, without an account. */
export function pageUrl(needs: Pick<WebNeeds, 'publicUrl' | 'senders'>, domain: SendingDomain): string {
  return `${needs.publicUrl}/dns/${domainPageToken(needs.senders.key, domain.id)}`;
}

export function recordModel(view: View, record: DomainRecord): RecordModel {
  const t = domainTexts(view.language);
  const { purpose, problem, valid, asked } = record;
  const word = valid
    ? 'valid'
    : problem === 'absent'
      ? 'absent'
      : problem === 'unchecked' || problem === 'dns_failed'
        ? 'unchecked'
        : 'wrong';
  const isUrgent = record.required && word !== 'unchecked';
  return {
    title: t(`purpose.${purpose}`),
    why: t(`purpose.${purpose}.why`),
    verdict: t(`verdict.${word}`),
    state: valid ? 'opened' : isUrgent ? 'failed' : 'unconfirmed',
    isRequired: record.required,
    type: record.type,
    name: record.name,
    expected: record.expected,
    found: record.found,
    problem: problem ? t(`problem.${problem}`) : null,
    asked: asked ? { server: asked.server, minutes: Math.ceil(asked.ttl / 60) } : null,
  };
}

/** The domains in the list of the settings, and what the operator has not told. */
export function domainsModel(
  view: View,
  needs: WebNeeds,
  domains: readonly SendingDomain[],
): Pick<DomainsModel, 'domains' | 'missing'> {
  const t = domainTexts(view.language);
  return {
    domains: domains.map((domain) => {
      const required = domain.records.filter((record) => record.required);
      return {
        id: domain.id,
        name: shownDomain(domain.name),
        state: domain.state,
        stateWord: t(`state.${domain.state}`),
        right: required.filter((record) => record.valid).length,
        required: required.length,
        checkedAt: domain.checkedAt,
      };
    }),
    missing: missingSettings(needs),
  };
}

/** What the operator has not told, without which records would be wrong. */
function missingSettings({ senders: { host, house } }: Pick<WebNeeds, 'senders'>): DomainsModel['missing'] {
  return [
    ...(house.delivery.kind === 'none' ? (['delivery'] as const) : []),
    ...(host.name.includes('.') ? [] : (['mailHost'] as const)),
    ...(host.publicIps.length > 0 ? [] : (['publicIps'] as const)),
  ];
}

function historyOf({ t }: View, domain: SendingDomain): DomainModel['history'] {
  const entries: { at: Date | null; text: string; actor: 'us' | 'fault' | 'person' }[] = [
    { at: domain.createdAt, text: t('domain.history.added', { name: domain.createdBy }), actor: 'person' },
    { at: domain.missingSince, text: t('domain.history.lost'), actor: 'fault' },
    { at: domain.checkedAt, text: t('domain.history.checked'), actor: 'us' },
    ...domain.keys.map((key) => ({
      at: key.retiredAt,
      text: t('domain.history.rotated', { selector: key.selector }),
      actor: 'us' as const,
    })),
  ];
  return entries
    .flatMap(({ at, ...rest }) => (at ? [{ at, ...rest }] : []))
    .sort((a, b) => b.at.getTime() - a.at.getTime());
}
