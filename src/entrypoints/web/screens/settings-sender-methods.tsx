import { Icon, LinkButton, paths, Section, type View } from '../kit/index.ts';
import type { MethodCard } from './settings-senders-model.ts';

/** The ways to send: what the customer sees with each, what it needs, and the way to it. */
export function Methods(props: { readonly view: View; readonly cards: readonly MethodCard[] }) {
  const { t } = props.view;
  return (
    <Section id="sender" title={t('senders.methods')}>
      <ul class="records methods">
        {props.cards.map((card) => (
          <li>
            <Icon name={card.obstacle ? 'warn' : 'mark'} />
            <div>
              <h3>{t(`method.${card.method}`)}</h3>
              <p>{t(`method.${card.method}.what`)}</p>
              <dl class="facts">
                <div>
                  <dt>{t('senders.sees.from')}</dt>
                  <dd>{card.from}</dd>
                </div>
                <div>
                  <dt>{t('senders.sees.answers')}</dt>
                  <dd>{card.answersTo}</dd>
                </div>
                <div>
                  <dt>{t('senders.needs')}</dt>
                  <dd>{t(`method.${card.method}.needs`)}</dd>
                </div>
              </dl>
              {card.obstacle ? <small class="late">{card.obstacle}</small> : null}
            </div>
            {card.obstacle ? null : (
              <LinkButton
                href={card.first?.href ?? `${paths.settingsSenders}?sender=new&method=${card.method}#sender`}
              >
                {card.first?.text ?? t('senders.choose')}
              </LinkButton>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
