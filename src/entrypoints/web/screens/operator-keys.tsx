import { Facts, Section, type View } from '../kit/index.ts';

export interface KeysModel {
  readonly seal: string;
  readonly issuer: string;
  readonly until: Date;
  readonly rootSha256: string;
  /** As a C2SP verifier key. */
  readonly log: string;
}

/** What the installation seals and signs with. Keys are changed on the machine itself: they never pass through a browser. */
export function OperatorKeys(props: { readonly view: View; readonly keys: KeysModel }) {
  const { view, keys } = props;
  const { t, format } = view;
  return (
    <Section title={t('operator.keys')}>
      <Facts
        facts={[
          [t('operator.keys.seal'), keys.seal],
          [t('operator.keys.issuer'), keys.issuer],
          [t('operator.keys.until'), format.date(keys.until)],
          [t('operator.keys.root'), <code>{keys.rootSha256}</code>],
          [t('operator.keys.log'), <code>{keys.log}</code>],
        ]}
      />
      <p class="muted">{t('operator.keys.change')}</p>
    </Section>
  );
}
