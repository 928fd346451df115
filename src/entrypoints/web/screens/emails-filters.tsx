import type { Child } from 'hono/jsx';
import { Button, Form, Icon, Menu, MenuButton, paths, type View, withQuery } from '../kit/index.ts';
import { documentKinds } from './document-words.ts';
import type { EmailSpan, EmailsModel } from './emails-model.ts';

type Props = { readonly view: View; readonly model: EmailsModel };

/** "01/01/2026 → 31/12/2026"; an open end is left out. */
export function spanWords(view: View, { from, to }: EmailSpan): string {
  const day = (of: string): string => (of === '' ? '…' : view.format.shortDate(of));
  return from === '' && to === '' ? view.t('emails.period.all') : `${day(from)} → ${day(to)}`;
}

/** The period in force as its dates; opens the presets, each with its own, and two fields for any other. */
export function PeriodButton(props: {
  readonly view: View;
  readonly model: Pick<EmailsModel, 'preset' | 'span' | 'presets'>;
  /** The page that it belongs to. */
  readonly action: string;
}) {
  const { view, model, action } = props;
  const { t } = view;
  return (
    <>
      <Button opensMenu="period-menu" icon="down">
        {spanWords(view, model.span)}
      </Button>
      <Menu id="period-menu" label={t('emails.period')} class="periods">
        {model.presets.map(({ name, span }) => (
          <a
            href={withQuery(view.path, { period: name, from: null, to: null })}
            aria-current={name === model.preset ? 'true' : undefined}
          >
            <span>{t(`emails.period.${name}` as 'emails.period.all')}</span>
            {name === 'all' ? null : <small>{spanWords(view, span)}</small>}
          </a>
        ))}
        <hr />
        <form class="dates" action={action}>
          <Kept view={view} without={['from', 'to', 'period']} />
          <label>
            {t('emails.from')} <input type="date" name="from" value={model.span.from} />
          </label>
          <label>
            {t('emails.to')} <input type="date" name="to" value={model.span.to} />
          </label>
          <button type="submit">{t('emails.show')}</button>
        </form>
      </Menu>
    </>
  );
}

/** Kind, sender, recipient, text; and the lists that somebody keeps. */
export function EmailFilters(props: Props) {
  const { view, model } = props;
  const { t } = view;
  return (
    <>
      <div class="filters">
        <Choice
          view={view}
          name="kind"
          label={t('fact.kind')}
          now={model.kind ? t(`kind.${model.kind}`) : null}
          choices={documentKinds.map((kind) => ({ value: kind, text: t(`kind.${kind}`) }))}
        />
        <Choice
          view={view}
          name="sender"
          label={t('emails.sender')}
          now={model.sender?.address ?? null}
          choices={model.senders.map(({ id, address }) => ({ value: id, text: address }))}
        />
        <Views {...props} />
      </div>
      <Search {...props} />
    </>
  );
}

/** One filter of a few values: says what is chosen, and opens the others. */
export function Choice(props: {
  readonly view: View;
  readonly name: string;
  readonly label: string;
  readonly now: string | null;
  readonly choices: readonly { readonly value: string; readonly text: string }[];
}) {
  const { view, name, label, now, choices } = props;
  const id = `choose-${name}`;
  const link = (value: string | null, text: string): Child => (
    <a href={withQuery(view.path, { [name]: value })} aria-current={text === now ? 'true' : undefined}>
      {text}
    </a>
  );
  return (
    <>
      <button type="button" class="chip" popovertarget={id} aria-current={now ? 'true' : undefined}>
        {label}: <b>{now ?? view.t('emails.any')}</b> <Icon name="down" />
      </button>
      <Menu id={id} label={label} class="choices">
        {link(null, view.t('emails.any'))}
        {choices.map(({ value, text }) => link(value, text))}
      </Menu>
    </>
  );
}

function Search({ view, model }: Props) {
  const { t } = view;
  return (
    <form class="mailsearch" role="search" action={paths.emails}>
      <Kept view={view} without={['recipient', 'q']} />
      <label class="sr" for="emails-recipient">
        {t('emails.recipient')}
      </label>
      <input
        id="emails-recipient"
        type="search"
        name="recipient"
        value={model.recipient}
        placeholder={t('emails.recipient')}
      />
      <label class="sr" for="emails-q">
        {t('emails.search')}
      </label>
      <input id="emails-q" type="search" name="q" value={model.q} placeholder={t('emails.search')} />
      <button type="submit">{t('emails.show')}</button>
    </form>
  );
}

/** The rest of the address, so that a form changes its own part only. */
function Kept({ view, without }: { readonly view: View; readonly without: readonly string[] }) {
  const [, query = ''] = view.path.split('?');
  const kept = [...new URLSearchParams(query)].filter(
    ([name]) => name !== 'cursor' && !without.includes(name),
  );
  return (
    <>
      {kept.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

function Views({ view, model }: Props) {
  const { t } = view;
  const [, query = ''] = withQuery(view.path, {}).split('?');
  return (
    <>
      <button type="button" class="chip" popovertarget="views-menu">
        {t('emails.views')} {model.views.length > 0 ? <b>{view.format.number(model.views.length)}</b> : null}{' '}
        <Icon name="down" />
      </button>
      <Menu id="views-menu" label={t('emails.views')} class="views">
        {model.views.map((kept) => (
          <div>
            <a href={kept.query === '' ? paths.emails : `${paths.emails}?${kept.query}`}>{kept.name}</a>
            <MenuButton action={paths.emailViewForget(kept.id)} icon="cross">
              <span class="sr">{t('emails.views.forget', { name: kept.name })}</span>
            </MenuButton>
          </div>
        ))}
        {model.views.length > 0 ? <hr /> : null}
        <Form view={view} action={paths.emailViews} errors={{ '': model.viewRefused }}>
          <input type="hidden" name="query" value={query} />
          <label for="view-name">{t('emails.views.keep')}</label>
          <input id="view-name" name="name" maxlength={60} required placeholder={t('emails.views.name')} />
          <button type="submit">{t('kit.save')}</button>
        </Form>
      </Menu>
    </>
  );
}
