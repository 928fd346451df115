import type { Delegate, Delivery } from '#domain/registered';
import { DelegatePart } from './delegate-part.tsx';
import { renderPage } from './page-frame.tsx';
import { PostForm } from './post-form.tsx';
import type { Wording } from './wording.ts';

/** What the page of a delivery shows to this visitor, at this moment. */
export interface RegisteredView {
  readonly path: string;
  /** Null: who the sender is may not be told yet. */
  readonly company: { readonly name: string; readonly brandColor: string | null } | null;
  readonly document: string;
  readonly delivery: Pick<Delivery, 'service' | 'state' | 'content' | 'address'>;
  /** The last moment in which there is time, as people write it; null before the notice has left. */
  readonly until: string | null;
  /** When it was accepted or refused, as people write it. */
  readonly decidedAt: string | null;
  /** `ask`: nothing shown yet; `code`: a code may be typed; `verified`: this browser has shown it. */
  readonly step: 'ask' | 'code' | 'verified';
  /** The last digits of the phone that a code can go to; null: to the mailbox alone. */
  readonly mobileTail: string | null;
  /** The code that was asked for last went to the phone. */
  readonly isTexted: boolean;
  /** Of the forms of this browser. */
  readonly csrf: string;
  readonly said: 'wrong' | 'many' | 'late' | 'name' | 'address' | 'known' | 'enough' | null;
  /** Set for a delegate: his own name, and the address of the recipient in whose place he acts. */
  readonly actsFor: { readonly name: string; readonly address: string } | null;
  /** Of the recipient: to whom he has handed it; null for a delegate, who cannot. */
  readonly delegates: readonly Pick<Delegate, 'linkMessageId' | 'name' | 'address'>[] | null;
  /** What is declared by accepting and by refusing. */
  readonly statements: { readonly accepted: string; readonly refused: string };
  readonly law: string;
  readonly isOpen: boolean;
  /** The sender has erased what it opened. */
  readonly isErased: boolean;
}

export function renderRegisteredPage(t: Wording, view: RegisteredView) {
  const { delivery, document, company, path } = view;
  const isAccepted = delivery.state === 'accepted' && view.step === 'verified';
  const title = t(isAccepted ? 'delivery.title.accepted' : `delivery.title.${delivery.service}`);
  return renderPage({
    t,
    path,
    company,
    title,
    children: (
      <section class="say delivery">
        <h1>{title}</h1>
        <p>
          {company
            ? t('delivery.about', { company: company.name, document, address: delivery.address })
            : t(`delivery.hidden.${delivery.service}`, { address: delivery.address })}
        </p>
        {view.until && delivery.state === 'waiting' ? (
          <p>{t('delivery.until', { until: view.until })}</p>
        ) : null}
        {isAccepted && view.decidedAt ? (
          <p role="status">{t('delivery.accepted', { at: view.decidedAt })}</p>
        ) : null}
        {view.said ? <p role="alert">{t(`delivery.said.${view.said}`)}</p> : null}
        {view.actsFor ? <p>{t('delivery.delegate.actsFor', view.actsFor)}</p> : null}
        <Step t={t} view={view} />
        {view.step === 'verified' && delivery.state === 'waiting' && view.delegates ? (
          <DelegatePart t={t} view={view} delegates={view.delegates} />
        ) : null}
        <p class="fine">{t('delivery.recorded')}</p>
        <p class="fine">{view.law}</p>
      </section>
    ),
  });
}

function Step({ t, view }: { readonly t: Wording; readonly view: RegisteredView }) {
  const { state, service } = view.delivery;
  if (state === 'refused' || state === 'expired' || state === 'withdrawn' || state === 'undeliverable')
    return <p role="status">{t(`delivery.over.${state}`)}</p>;
  if (view.step === 'ask') return <AskForm t={t} view={view} />;
  if (view.step === 'code') return <CodeForm t={t} view={view} />;
  if (view.isOpen && view.isErased) return <p role="status">{t('delivery.erased')}</p>;
  if (view.isOpen) return <Content t={t} view={view} />;
  return service === 'registered' ? <Decide t={t} view={view} /> : null;
}

function AskForm({ t, view }: { readonly t: Wording; readonly view: RegisteredView }) {
  return (
    <PostForm view={view} to="code">
      <p>
        {view.mobileTail === null
          ? t('delivery.ask.text')
          : t('delivery.ask.mobile', { tail: view.mobileTail })}
      </p>
      {view.mobileTail === null ? (
        <button type="submit" class="primary">
          {t('delivery.ask.button')}
        </button>
      ) : (
        <ToPhoneOrMailbox t={t} isFirst />
      )}
    </PostForm>
  );
}

/** Two ways for a code; the phone comes first, because it shows more. */
function ToPhoneOrMailbox({ t, isFirst }: { readonly t: Wording; readonly isFirst?: boolean }) {
  return (
    <p class="choice">
      <button type="submit" name="by" value="sms" class={isFirst ? 'primary' : undefined}>
        {t('delivery.code.toPhone')}
      </button>
      <button type="submit" name="by" value="email">
        {t('delivery.code.toMailbox')}
      </button>
    </p>
  );
}

function CodeForm({ t, view }: { readonly t: Wording; readonly view: RegisteredView }) {
  return (
    <>
      <PostForm view={view} to={view.isTexted ? 'verify?by=sms' : 'verify'}>
        <p role="status">
          {view.isTexted && view.mobileTail !== null
            ? t('delivery.code.texted', { tail: view.mobileTail })
            : t('delivery.code.sent')}
        </p>
        <p>
          <label for="code">{t('delivery.code.label')}</label>{' '}
          <input
            id="code"
            name="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            pattern="[0-9 ]{8,11}"
            maxlength={11}
            required
          />
        </p>
        <button type="submit" class="primary">
          {t('delivery.code.button')}
        </button>
      </PostForm>
      <PostForm view={view} to="code">
        {view.mobileTail === null ? (
          <button type="submit">{t('delivery.code.again')}</button>
        ) : (
          <>
            <p>{t('delivery.code.again')}</p>
            <ToPhoneOrMailbox t={t} />
          </>
        )}
      </PostForm>
    </>
  );
}

function Decide({ t, view }: { readonly t: Wording; readonly view: RegisteredView }) {
  const { accepted, refused } = view.statements;
  return (
    <>
      <PostForm view={view} to="accept">
        <p>{accepted}</p>
        <button type="submit" class="primary">
          {t('delivery.accept')}
        </button>
      </PostForm>
      <PostForm view={view} to="refuse">
        <p>{refused}</p>
        <p>
          <label for="reason">{t('delivery.reason')}</label>{' '}
          <input id="reason" name="reason" maxlength={500} />
        </p>
        <button type="submit">{t('delivery.refuse')}</button>
      </PostForm>
    </>
  );
}

function Content({ t, view }: { readonly t: Wording; readonly view: RegisteredView }) {
  return (
    <ul>
      {(view.delivery.content ?? []).map((one) => (
        <li>
          <a href={`${view.path}/files/${one.documentId}`} download>
            {t('delivery.open', { name: one.fileName })}
          </a>
          <br />
          <small>SHA-256 {one.sha256}</small>
        </li>
      ))}
    </ul>
  );
}
