import {
  EmptyPlace,
  Icon,
  LinkButton,
  Note,
  PostButton,
  paths,
  Section,
  ServerWords,
  type View,
  When,
} from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';
import { AddressRule } from './settings-address-rule.tsx';
import { MailboxNote } from './settings-mailbox.tsx';
import { SenderForm } from './settings-sender-form.tsx';
import { Methods } from './settings-sender-methods.tsx';
import { Proof } from './settings-sender-proof.tsx';
import type { SenderModel, SendersModel } from './settings-senders-model.ts';

/** The addresses that mail goes out from, each with its test. */
export function SendersScreen(props: { readonly view: View; readonly model: SendersModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="senders">
      <Section
        title={t('settings.senders')}
        aside={
          model.editing ? undefined : (
            <a href={`${paths.settingsSenders}?sender=new#sender`}>{t('senders.add')}</a>
          )
        }
      >
        {model.senders.length === 0 ? (
          <EmptyPlace now={t('senders.none')} later={t('senders.later')} />
        ) : null}
        <ul class="records">
          {model.senders.map((sender) => (
            <Sender view={view} sender={sender} testTo={model.testTo} />
          ))}
        </ul>
      </Section>
      {model.hasProviders ? (
        <p>
          <a href={paths.settingsIncamail}>{t('deliveries.incamail')}</a>
        </p>
      ) : null}
      {model.cards.length > 0 ? <Methods view={view} cards={model.cards} /> : null}
      {model.editing ? <SenderForm view={view} editing={model.editing} /> : null}
      {model.addressRule && !model.editing && model.cards.length === 0 ? (
        <AddressRule view={view} model={model.addressRule} />
      ) : null}
    </SettingsFrame>
  );
}

const looks = {
  valid: { state: 'opened', icon: 'tick' },
  broken: { state: 'failed', icon: 'cross' },
  unchecked: { state: 'unconfirmed', icon: 'warn' },
} as const;

function Sender(props: { readonly view: View; readonly sender: SenderModel; readonly testTo: string }) {
  const { view, sender } = props;
  const { t } = view;
  const look = looks[sender.state];
  return (
    <li data-state={look.state} id={sender.id}>
      <Icon name={look.icon} />
      <div>
        <h3>
          {sender.name} <span class="plainaddress">&lt;{sender.address}&gt;</span>
        </h3>
        <small>
          {[
            t(`method.${sender.method}`),
            sender.via ? t('senders.via', { address: sender.via }) : sender.server,
            sender.limits,
            sender.isDefault ? t('senders.default') : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </div>
      <span class="verdict">
        {t(`senders.state.${sender.connection === 'none' ? 'not_connected' : sender.state}`)}
      </span>
      <div class="body">
        {sender.proofs.map((proof) => (
          <Proof view={view} sender={sender.id} proof={proof} />
        ))}
        {sender.connection ? (
          <p class="muted">
            {t(sender.mailbox?.state === 'working' ? 'senders.sent.one' : 'senders.sent.many', {
              provider: t(`method.${sender.method}`),
            })}
          </p>
        ) : null}
        {sender.test ? <TestResult view={view} test={sender.test} /> : null}
        {sender.mailbox ? (
          <MailboxNote
            view={view}
            mailbox={sender.mailbox}
            href={sender.connection ? undefined : paths.senderMailbox(sender.id)}
          />
        ) : null}
        {sender.selfTest === undefined ? null : <Seen view={view} sender={sender} test={sender.selfTest} />}
        {sender.replies ? (
          <p class="muted">
            {t(`replies.${sender.replies}`)} <a href={paths.settingsCompany}>{t('replies.change')}</a>
          </p>
        ) : null}
        <p class="actions">
          {sender.connection && sender.connection !== 'live' ? <Connect view={view} sender={sender} /> : null}
          {sender.method === 'sandbox' || sender.connection === 'none' ? null : (
            <PostButton action={paths.senderTest(sender.id)}>
              {t('senders.test', { address: props.testTo })}
            </PostButton>
          )}
          <LinkButton quiet href={`${paths.settingsSenders}?sender=${sender.id}#sender`}>
            {t('kit.edit')}
          </LinkButton>
          {(sender.method === 'smtp' || sender.method === 'domain') && sender.state === 'valid' ? (
            <LinkButton quiet href={`${paths.settingsSenders}?sender=new&like=${sender.id}#sender`}>
              {t('senders.addAddress')}
            </LinkButton>
          ) : null}
          {sender.isDefault || sender.state !== 'valid' ? null : (
            <PostButton quiet action={paths.senderDefault(sender.id)}>
              {t('senders.makeDefault')}
            </PostButton>
          )}
          {sender.isDefault || sender.method === 'sandbox' ? null : (
            <PostButton
              quiet
              action={paths.senderDelete(sender.id)}
              confirm={t('senders.delete.confirm', { address: sender.address })}
            >
              {t('senders.delete')}
            </PostButton>
          )}
        </p>
      </div>
    </li>
  );
}

/** What will be seen of failures, as far as a self-test has found it out. */
function Seen(props: {
  readonly view: View;
  readonly sender: SenderModel;
  readonly test: NonNullable<SenderModel['selfTest']> | null;
}) {
  const { view, sender, test } = props;
  const { t } = view;
  const way = <a href={paths.senderSelfTest(sender.id)}>{t(test ? 'selftest.details' : 'selftest.open')}</a>;
  if (!test)
    return (
      <p class="muted">
        {t('selftest.none')} {way}
      </p>
    );
  return (
    <Note state={test.state} wayOut={way}>
      {test.sentence}{' '}
      <small class="muted">
        <When view={view} at={test.at} form="relative" />
      </small>
    </Note>
  );
}

/** The way to the provider's own page, where the owner of the account consents. */
function Connect({ view, sender }: { readonly view: View; readonly sender: SenderModel }) {
  const provider = view.t(`method.${sender.method}`);
  return (
    <LinkButton primary leaves href={paths.senderConnect(sender.id)}>
      {view.t(sender.connection === 'none' ? 'senders.connect' : 'senders.reconnect', { provider })}
    </LinkButton>
  );
}

function TestResult(props: { readonly view: View; readonly test: NonNullable<SenderModel['test']> }) {
  const { view, test } = props;
  return (
    <>
      <Note state={test.good ? 'opened' : 'failed'} role="status">
        {test.sentence}{' '}
        <small class="muted">
          <When view={view} at={test.at} form="relative" />
        </small>
      </Note>
      {test.serverWords ? <ServerWords words={test.serverWords} /> : null}
      {test.transcript ? (
        <details class="fold">
          <summary>
            <Icon name="chev" /> {view.t('senders.transcript')}
          </summary>
          <ServerWords words={test.transcript} />
        </details>
      ) : null}
    </>
  );
}
