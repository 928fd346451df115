import {
  Button,
  type Errors,
  Form,
  Icon,
  Note,
  type NoteState,
  PostButton,
  paths,
  Section,
  ServerWords,
  TextField,
  type View,
  When,
} from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';

export const selfTestWays = ['return_host', 'mailbox', 'pasted'] as const;
type Way = (typeof selfTestWays)[number];

/** One thing that was compared, in words. */
export type FactModel = {
  readonly title: string;
  readonly verdict: string;
  readonly state: 'opened' | 'failed' | 'unconfirmed';
  readonly sent: string | null;
  /** What stood there where it was not what was sent. */
  readonly found: string | null;
};

export type SelfTestModel = {
  readonly sender: string;
  readonly address: string;
  readonly ways: readonly Way[];
  readonly errors: Errors;
  readonly last: {
    readonly at: Date;
    readonly state: 'waiting' | 'arrived' | 'not_sent' | 'came_back';
    readonly way: Way;
    readonly to: string;
    /** What a server said where it did not arrive. */
    readonly serverWords: string | null;
    readonly isStale: boolean;
    readonly facts: readonly FactModel[];
    /** What will be seen, and how sure that is. */
    readonly consequences: readonly {
      readonly state: NoteState;
      readonly sentence: string;
      readonly mailbox: boolean;
    }[];
  } | null;
};

type Props = { readonly view: View; readonly model: SelfTestModel };

/** Finds out what of a sender's e-mails survives the way, and says what will therefore be seen. */
export function SelfTestScreen(props: Props) {
  const { view, model } = props;
  const { t } = view;
  const { last } = model;
  return (
    <SettingsFrame view={view} tab="senders">
      <Section
        title={t('selftest.title', { address: model.address })}
        aside={<a href={paths.settingsSenders}>{t('selftest.back')}</a>}
      >
        <div class="stack">
          <p class="muted">{t('selftest.what')}</p>
          {last ? <Last {...props} last={last} /> : null}
          <Begin {...props} />
        </div>
      </Section>
      {last && last.facts.length > 0 ? (
        <Section title={t('selftest.facts')}>
          <ul class="records">
            {last.facts.map((fact) => (
              <Fact view={view} fact={fact} />
            ))}
          </ul>
        </Section>
      ) : null}
    </SettingsFrame>
  );
}

function Last({ view, model, last }: Props & { readonly last: NonNullable<SelfTestModel['last']> }) {
  const { t } = view;
  const isOut = last.state === 'waiting';
  return (
    <>
      {last.isStale ? <Note state="unconfirmed">{t('selftest.stale')}</Note> : null}
      {last.consequences.map(({ state, sentence, mailbox }) => (
        <Note
          state={state}
          role="status"
          wayOut={
            mailbox ? <a href={paths.senderMailbox(model.sender)}>{t('mailbox.connect')}</a> : undefined
          }
        >
          {sentence}
        </Note>
      ))}
      {isOut ? (
        <Note
          state="waiting"
          role="status"
          wayOut={<a href={paths.senderSelfTest(model.sender)}>{t('selftest.again')}</a>}
        >
          {t(`selftest.waiting.${last.way}`, { address: last.to })}
        </Note>
      ) : null}
      {last.state === 'not_sent' || last.state === 'came_back' ? (
        <Note state="failed" role="status">
          {t(`selftest.state.${last.state}`, { address: last.to })}
        </Note>
      ) : null}
      {last.serverWords ? <ServerWords words={last.serverWords} /> : null}
      <p class="muted">
        {t('selftest.sentAt')} <When view={view} at={last.at} form="dateTime" />
      </p>
      {isOut ? <Paste view={view} model={model} /> : null}
    </>
  );
}

/** Takes the source of the mail as it arrived. */
function Paste({ view, model }: Props) {
  const { t } = view;
  return (
    <Form view={view} action={paths.senderSelfTestSource(model.sender)} errors={model.errors} class="stack">
      <TextField
        name="source"
        label={t('selftest.source')}
        hint={t('selftest.source.hint')}
        rows={8}
        value=""
        errors={model.errors}
      />
      <p class="actions">
        <Button type="submit">{t('selftest.source.read')}</Button>
      </p>
    </Form>
  );
}

function Begin({ view, model }: Props) {
  const { t } = view;
  return (
    <p class="actions">
      {model.ways.map((way) => (
        <PostButton action={paths.senderSelfTest(model.sender)} name="way" value={way}>
          {t(`selftest.begin.${way}`)}
        </PostButton>
      ))}
    </p>
  );
}

const icons = { opened: 'tick', failed: 'cross', unconfirmed: 'warn' } as const;

function Fact({ view, fact }: { readonly view: View; readonly fact: FactModel }) {
  const { t } = view;
  return (
    <li data-state={fact.state}>
      <Icon name={icons[fact.state]} />
      <div>
        <h3>{fact.title}</h3>
        {fact.sent ? <small>{t('selftest.sent', { text: fact.sent })}</small> : null}
        {fact.found ? <small>{t('selftest.found', { text: fact.found })}</small> : null}
      </div>
      <span class="verdict">{fact.verdict}</span>
    </li>
  );
}
