import {
  Button,
  Envelope,
  type EnvelopeModel,
  Form,
  type Happening,
  Layout,
  LinkButton,
  PageHead,
  paths,
  Section,
  Timeline,
  type View,
} from '../kit/index.ts';

export type PersonModel = {
  readonly address: string;
  readonly consents: readonly {
    readonly customer: { readonly id: string; readonly name: string };
    readonly tracking: 'unknown' | 'granted' | 'denied';
    readonly at: Date | null;
    readonly how: string | null;
    /** As people write it; null: none is noted. */
    readonly mobile?: string | null;
  }[];
  readonly changes: readonly Happening[];
  readonly messages: readonly {
    readonly id: string;
    readonly subject: string;
    readonly at: Date;
    readonly envelope: EnvelopeModel;
    readonly mode: 'none' | 'links' | 'full';
    /** Visits whose details are still kept. */
    readonly visits: number;
  }[];
  readonly messageCount: number;
};

type Props = { readonly view: View; readonly model: PersonModel };

/** What is recorded about one person, to be handed to him, and to be erased when he asks. */
export function PersonScreen(props: Props) {
  const { view, model } = props;
  const { t, format } = view;
  const title = t('person.title', { address: model.address });
  return (
    <Layout view={view} title={title}>
      <PageHead
        title={title}
        line={t('person.line')}
        actions={
          <LinkButton icon="save" href={paths.personExport(model.address)} download>
            {t('person.export')}
          </LinkButton>
        }
      />
      <Consent {...props} />
      <Section title={t('person.mails', { count: model.messageCount })}>
        <ul class="person">
          {model.messages.map((message) => (
            <li>
              <a href={paths.message(message.id)}>{message.subject}</a>{' '}
              <Envelope view={view} envelope={message.envelope} />
              <small>
                {' '}
                {format.dateTime(message.at)} · {t(`tracking.mode.${message.mode}`)} ·{' '}
                {t('person.visits', { count: message.visits })}
              </small>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('person.erase')}>
        <p>{t('person.erase.line')}</p>
        <Form view={view} action={paths.personErase}>
          <input type="hidden" name="address" value={model.address} />
          <Button type="submit" confirm={t('person.erase.confirm', { address: model.address })}>
            {t('person.erase.button')}
          </Button>
        </Form>
      </Section>
    </Layout>
  );
}

function Consent({ view, model }: Props) {
  const { t, format } = view;
  return (
    <Section title={t('person.consent')}>
      {model.consents.length === 0 ? <p class="muted">{t('person.noContact')}</p> : null}
      <ul>
        {model.consents.map((one) => (
          <li>
            <a href={paths.customer(one.customer.id)}>{one.customer.name}</a>:{' '}
            {t(`person.consent.${one.tracking}`)}
            {one.at ? <small> {format.dateTime(one.at)}</small> : null}
            {one.how ? <small> · {one.how}</small> : null}
            {one.mobile ? <small> · {one.mobile}</small> : null}
          </li>
        ))}
      </ul>
      {model.changes.length > 0 ? <Timeline view={view} happenings={model.changes} /> : null}
    </Section>
  );
}
