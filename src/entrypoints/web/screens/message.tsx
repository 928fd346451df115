import {
  Facts,
  Layout,
  LinkButton,
  LiveMessageEnvelope,
  NoSign,
  Note,
  PageHead,
  PagesSeen,
  PostButton,
  paths,
  Section,
  Segments,
  ServerWords,
  Timeline,
  TimelineLegend,
  type View,
} from '../kit/index.ts';
import { happeningOf } from './event-words.ts';
import { EvidenceButtons } from './evidence-buttons.tsx';
import { Attempt } from './message-attempt.tsx';
import type { MessageModel } from './message-model.ts';
import { MessagePrivacy } from './message-privacy.tsx';
import { noticeTitle, noticeWhy } from './notice-words.ts';
import { Repair } from './notices.tsx';
import { zoneCity } from './zone.ts';

/** One mail to one person: exactly as sent, who or what touched it, and what their server said. */
export function MessageScreen(props: { readonly view: View; readonly model: MessageModel }) {
  const { view, model } = props;
  const { t } = view;
  const title = t('message.title', { who: model.who });
  return (
    <Layout view={view} title={title}>
      <PageHead
        title={title}
        line={<HeadLine {...props} />}
        actions={
          <>
            {model.documents.length > 0 ? (
              <LinkButton
                primary
                href={paths.send(
                  model.documents.map((d) => d.id),
                  'resend',
                )}
                kbd="S"
              >
                {t('document.sendAgain')}
              </LinkButton>
            ) : null}
            <LinkButton href={paths.frozenPages(model.id)} icon="viewed">
              {t('frozen.open')}
            </LinkButton>
            <LinkButton href={paths.messageRaw(model.id)} icon="save" download>
              .eml
            </LinkButton>
          </>
        }
      />
      {model.delivery === 'unconfirmed' ? <Unconfirmed {...props} /> : null}
      {model.repair ? (
        <Note state={model.repair.state === 'waiting' ? 'waiting' : 'failed'}>
          <b>{noticeTitle(view, model.repair)}.</b> {noticeWhy(view, model.repair)}
        </Note>
      ) : null}
      {model.repair ? <Repair view={view} notice={model.repair} refused={model.refused} /> : null}
      {model.canCancel ? (
        <p class="actions">
          <PostButton action={paths.dispatchCancel(model.dispatch)}>{t('dispatch.takeBack')}</PostButton>
        </p>
      ) : null}
      <div class="split msg">
        <Mail {...props} />
        <div>
          <MessageHistory {...props} />
          <MessagePrivacy {...props} />
        </div>
      </div>
    </Layout>
  );
}

function HeadLine(props: { readonly view: View; readonly model: MessageModel }) {
  const { view, model } = props;
  return (
    <>
      <LiveMessageEnvelope view={view} message={model.id} envelope={model.envelope} />
      {` · ${view.t(`purpose.${model.purpose}`, { origin: model.origin })} · `}
      {model.documents.map((document, at) => (
        <>
          {at > 0 ? ', ' : null}
          <a href={paths.document(document.id)}>{document.title}</a>
        </>
      ))}
      {` · ${view.format.dateTime(model.at)}`}
    </>
  );
}

function Unconfirmed(props: { readonly view: View; readonly model: MessageModel }) {
  const { t } = props.view;
  const { model } = props;
  const settle = paths.messageSettle(model.id);
  return (
    <Note
      state="unconfirmed"
      wayOut={
        <span class="actions">
          <PostButton action={settle} name="as" value="delivered">
            {t('notice.arrived')}
          </PostButton>
          <PostButton action={settle} name="as" value="again" confirm={t('notice.again.confirm')}>
            {t('notice.again')}
          </PostButton>
        </span>
      }
    >
      {t('notice.message_unconfirmed.why', { address: model.who, count: 1 })}
    </Note>
  );
}

function Mail(props: { readonly view: View; readonly model: MessageModel }) {
  const { view, model } = props;
  const { t, format } = view;
  const here = paths.message(model.id);
  return (
    <section aria-label={t('message.mail')}>
      <div class="bar-row">
        <Segments
          label={t('message.mail')}
          segments={[
            { href: here, text: t('message.tab.mail'), here: model.tab === 'mail' },
            { href: `${here}?tab=headers`, text: t('message.tab.headers'), here: model.tab === 'headers' },
          ]}
        />
      </div>
      <dl class="mailhead">
        {(['from', 'to', 'cc'] as const).map((name) =>
          model[name] === '' ? null : (
            <div>
              <dt>{t(`mail.${name}`)}</dt>
              <dd>{model[name]}</dd>
            </div>
          ),
        )}
        <div>
          <dt>{t('mail.subject')}</dt>
          <dd>
            <b>{model.subject}</b>
          </dd>
        </div>
        {model.attachments && model.attachments.length > 0 ? (
          <div>
            <dt>{t('send.files')}</dt>
            <dd>{model.attachments.join(', ')}</dd>
          </div>
        ) : null}
      </dl>
      {model.tab === 'headers' ? (
        <ServerWords words={model.headers ?? t('message.notYet')} />
      ) : (
        <iframe
          class="frame"
          src={paths.messageFrame(model.id)}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          title={t('message.frame')}
        />
      )}
      <p class="cap">
        <span>{t('message.exact')}</span>
        <span>{model.bytes === null ? '' : format.bytes(model.bytes)}</span>
      </p>
    </section>
  );
}

/** What happened, the attempts, the proof; replaced while one looks. */
export function MessageHistory(props: { readonly view: View; readonly model: MessageModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <div
      class="stack"
      id={`message-${model.id}`}
      data-live={`message:${model.id}`}
      data-fragment={paths.fragment('message', model.id)}
    >
      <Section
        title={t('dispatch.happened')}
        aside={<small>{t('message.zone', { zone: zoneCity(view.format.zone) })}</small>}
      >
        {model.known ? <p>{model.known}</p> : null}
        <NoSign view={view} reasons={model.noSign ?? []} />
        <PagesSeen view={view} pages={model.pagesSeen ?? []} />
        <Timeline view={view} exact happenings={model.events.map((event) => happeningOf(view, event))} />
        <TimelineLegend view={view} />
        {model.isCut ? <p class="muted">{t('history.cut')}</p> : null}
        {model.tracking === 'full' ? null : <p class="muted">{t(`message.tracking.${model.tracking}`)}</p>}
      </Section>
      <Section
        title={t('message.attempts')}
        aside={<small>{t('message.tries', { count: model.attempts.length })}</small>}
      >
        {model.attempts.length === 0 ? <p class="muted">{t('message.attempts.none')}</p> : null}
        {model.attempts.map((attempt, at) => (
          <Attempt view={view} attempt={attempt} open={at === model.attempts.length - 1} />
        ))}
      </Section>
      <Section
        title={t('message.proof')}
        aside={
          model.canExportEvidence ? <EvidenceButtons view={view} dispatch={model.dispatch} /> : undefined
        }
      >
        <Facts
          facts={[
            model.signedBy ? [t('message.signedBy'), `DKIM, ${model.signedBy}`] : null,
            [
              t('message.chain'),
              t(model.chain.unbroken ? 'message.chain.good' : 'message.chain.broken', {
                count: model.chain.events,
              }),
            ],
          ]}
        />
      </Section>
    </div>
  );
}
