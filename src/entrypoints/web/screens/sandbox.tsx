import {
  Cell,
  EmptyPlace,
  Layout,
  LinkButton,
  Note,
  PageHead,
  Pager,
  paths,
  Row,
  Table,
  type View,
  When,
} from '../kit/index.ts';

export type SandboxRow = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly at: Date;
  readonly attachments: readonly string[];
  /** The sender's own copy: nothing in it counts. */
  readonly isCopy: boolean;
  /** Looked at here already, as the customer. */
  readonly read: boolean;
};

export type SandboxModel = {
  readonly rows: readonly SandboxRow[];
  readonly newer: string | null;
  readonly older: string | null;
};

/** The mails as the customers would get them. */
export function SandboxScreen(props: { readonly view: View; readonly model: SandboxModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('place.sandbox')}>
      <PageHead title={t('place.sandbox')} line={t('sandbox.line')} />
      {model.rows.length === 0 ? (
        <EmptyPlace
          now={t('sandbox.none')}
          later={t('sandbox.later')}
          actions={<LinkButton href={paths.documents}>{t('problem.documents')}</LinkButton>}
        />
      ) : (
        <div class="list">
          <Table
            class="mails played"
            caption={t('place.sandbox')}
            columns={[
              { name: t('mail.subject'), class: 'subj' },
              { name: t('mail.to'), class: 'rcpt' },
              { name: t('column.attached'), class: 'mid' },
              { name: t('column.date'), class: 'num' },
            ]}
          >
            {model.rows.map((row) => (
              <Row href={paths.sandboxMail(row.id)}>
                <Cell class="subj clip">
                  <a href={paths.sandboxMail(row.id)}>{row.read ? row.subject : <b>{row.subject}</b>}</a>
                </Cell>
                <Cell class="rcpt clip">
                  {row.to} {row.isCopy ? <small class="muted">{t('sandbox.isCopy')}</small> : null}
                </Cell>
                <Cell class="mid clip">{row.attachments.join(', ')}</Cell>
                <Cell class="when num">
                  <When view={view} at={row.at} />
                </Cell>
              </Row>
            ))}
          </Table>
          <Pager view={view} shown={model.rows.length} newer={model.newer} older={model.older} />
        </div>
      )}
    </Layout>
  );
}

export type SandboxMailModel = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly at: Date;
  readonly attachments: readonly { readonly name: string; readonly bytes: number; readonly href: string }[];
  readonly isCopy: boolean;
  /** The portal link in the mail: following it plays the customer. */
  readonly portalUrl: string | null;
  /** The message in our own lists. */
  readonly message: string | null;
};

/** One mail, played: its images load and its links count as the customer's. */
export function SandboxMailScreen(props: { readonly view: View; readonly model: SandboxMailModel }) {
  const { view, model } = props;
  const { t, format } = view;
  return (
    <Layout view={view} title={model.subject}>
      <PageHead
        crumbs={[{ href: paths.sandbox, text: t('place.sandbox') }]}
        title={model.subject}
        line={`${model.to} · ${format.dateTime(model.at)}`}
        actions={
          <>
            {model.portalUrl ? (
              <LinkButton
                primary
                href={model.portalUrl}
                icon="play"
                data={{ target: '_blank', rel: 'noopener' }}
              >
                {t('sandbox.play')}
              </LinkButton>
            ) : null}
            {model.message ? (
              <LinkButton href={paths.message(model.message)}>{t('sandbox.known')}</LinkButton>
            ) : null}
          </>
        }
      />
      <Note state="waiting">{t(model.isCopy ? 'sandbox.copyCounts' : 'sandbox.counts')}</Note>
      <dl class="mailhead">
        <div>
          <dt>{t('mail.from')}</dt>
          <dd>{model.from}</dd>
        </div>
        <div>
          <dt>{t('mail.to')}</dt>
          <dd>{model.to}</dd>
        </div>
        {model.attachments.length > 0 ? (
          <div>
            <dt>{t('column.attached')}</dt>
            <dd>
              {model.attachments.map((file, at) => (
                <>
                  {at > 0 ? ', ' : null}
                  <a href={file.href} download data-turbo="false">
                    {file.name}
                  </a>{' '}
                  <small>{format.bytes(file.bytes)}</small>
                </>
              ))}
            </dd>
          </div>
        ) : null}
      </dl>
      <iframe
        class="frame"
        src={paths.sandboxFrame(model.id)}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        title={t('sandbox.frame')}
      />
    </Layout>
  );
}
