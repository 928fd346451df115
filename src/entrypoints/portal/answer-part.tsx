import type { Child } from 'hono/jsx';
import { amountToPay, type Document } from '#domain/documents';
import type { CustomerResponse } from '#domain/responses';
import { Icon, type PortalIcon } from './icon.tsx';
import { payable } from './pay-part.tsx';
import type { Speaker } from './speaker.ts';

type Props = {
  readonly say: Speaker;
  readonly document: Document;
  readonly responses: readonly CustomerResponse[];
  /** The day where the company is. */
  readonly today: string;
};

/** What a customer may say of a document: each a fold with its form, so that nothing is in the way. */
export function Answers({ say, document, responses, today }: Props) {
  const { t, company } = say;
  const isDisputed = document.disputedAt !== null;
  const owes = payable.has(document.kind) && amountToPay(document) !== null;
  return (
    <section>
      <h2>{t('answer.title')}</h2>
      {isDisputed ? <p class="note">{t('answer.disputed', { company: company.name })}</p> : null}
      <div class="answers">
        <Fold icon="talk" title={t('answer.reply', { company: company.name })}>
          <AnswerForm say={say} document={document} kind="replied" send={t('answer.send')}>
            <Words id={`r-${document.id}`} label={t('answer.text')} />
          </AnswerForm>
        </Fold>
        {owes && !responses.some((one) => one.kind === 'payment_declared') ? (
          <Fold icon="tick" title={t('answer.paid')}>
            <Paid say={say} document={document} today={today} />
          </Fold>
        ) : null}
        {isDisputed ? null : (
          <Fold icon="cross" title={t('answer.dispute')}>
            <AnswerForm say={say} document={document} kind="disputed" send={t('answer.send')}>
              <Words id={`d-${document.id}`} label={t('answer.dispute_text')} />
            </AnswerForm>
          </Fold>
        )}
        <Fold icon="pass" title={t('answer.forward')}>
          <Forward say={say} document={document} />
        </Fold>
        <Fold icon="leave" title={t('answer.mistake')}>
          <AnswerForm say={say} document={document} kind="misdirected" send={t('answer.mistake_go')}>
            <p>{t('answer.mistake_text', { company: company.name })}</p>
          </AnswerForm>
        </Fold>
      </div>
    </section>
  );
}

function Fold(props: { readonly icon: PortalIcon; readonly title: string; readonly children: Child }) {
  return (
    <details>
      <summary>
        <Icon name={props.icon} /> {props.title}
      </summary>
      {props.children}
    </details>
  );
}

function AnswerForm(props: {
  readonly say: Speaker;
  readonly document: Document;
  readonly kind: string;
  readonly send: string;
  readonly children: Child;
}) {
  const { t, pageUrl } = props.say;
  return (
    <form class="answer" method="post" action={`${pageUrl}/answer?lang=${t.language}`}>
      <input type="hidden" name="document" value={props.document.id} />
      <input type="hidden" name="kind" value={props.kind} />
      {props.children}
      <button type="submit">{props.send}</button>
    </form>
  );
}

function Words(props: { readonly id: string; readonly label: string }) {
  return (
    <p>
      <label for={props.id}>{props.label}</label>
      <textarea id={props.id} name="text" rows={4} maxlength={4000} required />
    </p>
  );
}

function Paid({ say, document, today }: { say: Speaker; document: Document; today: string }) {
  const { t } = say;
  return (
    <AnswerForm say={say} document={document} kind="payment_declared" send={t('answer.send')}>
      <p>
        <label for={`on-${document.id}`}>{t('answer.paid_on')}</label>
        <input id={`on-${document.id}`} type="date" name="paidOn" value={today} max={today} required />
      </p>
      <p>
        <label for={`ref-${document.id}`}>{t('answer.reference')}</label>
        <input id={`ref-${document.id}`} name="reference" maxlength={140} />
      </p>
    </AnswerForm>
  );
}

function Forward({ say, document }: { say: Speaker; document: Document }) {
  const { t, company } = say;
  return (
    <AnswerForm say={say} document={document} kind="forwarded" send={t('answer.send')}>
      <p>
        <label for={`to-${document.id}`}>{t('answer.forward_to')}</label>
        <input id={`to-${document.id}`} type="email" name="to" maxlength={320} required />
      </p>
      <p class="under">{t('answer.forward_hint', { company: company.name })}</p>
    </AnswerForm>
  );
}
