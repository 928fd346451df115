import { Icon, Section, type View } from '../kit/index.ts';

/** One thing that others look at before they take mail from here, in words. */
export type MachineFinding = {
  readonly good: boolean;
  readonly title: string;
  /** The name or address that it is about, or the setting. */
  readonly about: string;
  readonly found: string;
  /** What to do; null: it is well. */
  readonly repair: string | null;
};

/** How this machine looks to others: name, addresses, reverse names, certificate, proxies. */
export function OperatorMachine(props: {
  readonly view: View;
  readonly findings: readonly MachineFinding[];
}) {
  const { t } = props.view;
  return (
    <Section title={t('operator.machine')}>
      <p class="muted">{t('operator.machine.why')}</p>
      <ul class="records">
        {props.findings.map(({ good, title, about, found, repair }) => (
          <li data-state={good ? 'opened' : 'unconfirmed'}>
            <Icon name={good ? 'tick' : 'warn'} />
            <div>
              <h3>{title}</h3>
              <small>
                <code>{about}</code> · {found}
              </small>
              {repair ? <p>{repair}</p> : null}
            </div>
            <span class="verdict">{t(good ? 'operator.machine.good' : 'operator.machine.open')}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
