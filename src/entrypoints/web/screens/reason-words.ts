import type { Happening, View } from '../kit/index.ts';

/** Why a visit has its label, in sentences, each with its rule and where that comes from; nothing where none is asked for or said. */
export function reasonsOf(
  { t, format }: View,
  event: {
    readonly type: string;
    readonly data: Readonly<Record<string, unknown>>;
    readonly sources?: ReadonlyMap<string, string>;
  },
): Pick<Happening, 'reasons' | 'judged'> {
  const { type, data, sources } = event;
  const reasons = Array.isArray(data['reasons']) ? data['reasons'].map(String) : [];
  if (!sources || reasons.length === 0 || !type.startsWith('visit.')) return {};
  const { ruleset, judgedAnew } = data;
  return {
    reasons: reasons.map((reason) => {
      const source = sources.get(reason);
      const key: string = `label.${reason}`;
      return {
        text: t.has(key) ? t(key) : t('label.other', { reason }),
        rule: t('label.rule', { reason, version: String(ruleset ?? '') }),
        ...(source ? { source: t('label.source', { source }) } : {}),
      };
    }),
    ...(typeof judgedAnew === 'string'
      ? { judged: t('label.judgedAnew', { at: format.dateTime(new Date(judgedAnew)) }) }
      : {}),
  };
}
