import {
  Button,
  Facts,
  Form,
  Icon,
  Layout,
  LinkButton,
  Money,
  Note,
  PageHead,
  Pages,
  PostButton,
  paths,
  Section,
  TextField,
  Timeline,
  type View,
} from '../kit/index.ts';
import { documentTitle } from './document-words.ts';
import type { ReceivedModel } from './received-model.ts';

type Props = { readonly view: View; readonly model: ReceivedModel };

/** One received document: its pages, who it is from and how that is known, and the decision. */
export function ReceivedOneScreen({ view, model }: Props) {
  const { t, format } = view;
  const title = documentTitle(view, model);
  return (
    <Layout view={view} title={title}>
      <PageHead
        title={title}
        line={t('received.from', { from: model.from, state: t(`received.state.${model.state}`) })}
        actions={<Downloads view={view} model={model} />}
      />
      {model.replacedBy ? (
        <Note
          state="unconfirmed"
          wayOut={<a href={paths.receivedOne(model.replacedBy)}>{t('document.newer')}</a>}
        >
          {t('document.replaced')}
        </Note>
      ) : null}
      <div class="split">
        <Pages
          view={view}
          title={title}
          pages={model.pages}
          here={model.page}
          hrefOf={(page) => `${paths.receivedOne(model.id)}?page=${page}`}
          caption={`${model.fileName}, ${format.bytes(model.bytes)}`}
          file={paths.receivedFile(model.id, 'pdf')}
          none={t('sheet.failed')}
        />
        <div class="stack">
          <Sender view={view} model={model} />
          {model.state === 'new' && model.mayDecide ? <Decide view={view} model={model} /> : null}
          <Section title={t('received.history')}>
            <Timeline view={view} happenings={model.history.map((one) => ({ ...one, actor: 'us' }))} />
          </Section>
        </div>
      </div>
    </Layout>
  );
}

function Downloads({ view, model }: Props) {
  const { t } = view;
  return (
    <>
      <LinkButton href={paths.receivedFile(model.id, 'source')} icon="save" download>
        {t('received.download')}
      </LinkButton>
      {model.hasXml ? (
        <LinkButton quiet href={paths.receivedFile(model.id, 'xml')} download>
          {t('received.downloadXml')}
        </LinkButton>
      ) : null}
    </>
  );
}

function Sender({ view, model }: Props) {
  const { t, format } = view;
  const money = (amount: string | null) =>
    amount ? <Money view={view} amount={amount} currency={model.currency} /> : null;
  return (
    <Section title={t('received.who')}>
      {model.proof === null ? <Note state="unconfirmed">{t('received.unproven.long')}</Note> : null}
      <Facts
        facts={[
          [t('received.sender'), model.from],
          model.proof ? [t('received.proof'), model.proof] : null,
          model.fromVatId ? [t('company.vatId'), model.fromVatId] : null,
          model.issueDate ? [t('fact.issueDate'), format.date(model.issueDate)] : null,
          model.dueDate ? [t('fact.dueDate'), format.date(model.dueDate)] : null,
          model.total ? [t('fact.total'), money(model.total)] : null,
          model.amountDue && model.amountDue !== model.total
            ? [t('received.due'), money(model.amountDue)]
            : null,
        ]}
      />
      {model.text ? (
        <details class="fold" open>
          <summary>
            <Icon name="chev" /> {model.subject || t('received.message')}
          </summary>
          <p class="said">{model.text}</p>
        </details>
      ) : null}
      {model.isBlocked ? <Note state="held">{t('received.blocked', { from: model.from })}</Note> : null}
      {model.mayBlock ? (
        <p class="actions">
          <PostButton
            quiet
            action={paths.receivedBlock(model.id)}
            name="do"
            value={model.isBlocked ? 'lift' : 'block'}
            confirm={model.isBlocked ? undefined : t('received.block.confirm', { from: model.from })}
          >
            {t(model.isBlocked ? 'received.lift' : 'received.block')}
          </PostButton>
        </p>
      ) : null}
    </Section>
  );
}

function Decide({ view, model }: Props) {
  const { t } = view;
  return (
    <Section title={t('received.decide')}>
      <p class="muted">{t('received.decide.hint', { from: model.from })}</p>
      <Form view={view} action={paths.receivedDecide(model.id, 'accept')}>
        <Button primary type="submit">
          {t('received.accept')}
        </Button>
      </Form>
      <Form view={view} action={paths.receivedDecide(model.id, 'reject')} errors={model.errors} class="stack">
        <TextField
          name="reason"
          label={t('received.reason')}
          hint={t('received.reason.hint', { from: model.from })}
          value={model.typed}
          errors={model.errors}
          rows={3}
          maxlength={1000}
          required
        />
        <p class="actions">
          <Button type="submit">{t('received.reject')}</Button>
        </p>
      </Form>
    </Section>
  );
}
