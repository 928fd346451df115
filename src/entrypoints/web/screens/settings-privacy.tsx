import {
  Button,
  CheckField,
  Form,
  PostButton,
  paths,
  Section,
  SelectField,
  type View,
} from '../kit/index.ts';
import { type DocumentKind, documentKinds } from './document-words.ts';
import { SettingsFrame } from './settings.tsx';

type Mode = 'none' | 'links' | 'full';

export const hints = ['unpaid', 'notDownloaded', 'notReached', 'onlyMachines', 'forwarded'] as const;
export type HintName = (typeof hints)[number];

export type PrivacyModel = {
  readonly ceiling: Mode;
  readonly byKind: Readonly<Partial<Record<DocumentKind, Mode>>>;
  readonly hintsOff: readonly string[];
  readonly retentionDays: number;
  readonly erasureOnRequest: 'ask' | 'automatic';
  readonly holds: readonly { readonly dispatch: string; readonly reason: string; readonly at: Date }[];
  /** The entry for the record of processing activities, ready to copy. */
  readonly processing: string;
};

type Props = { readonly view: View; readonly model: PrivacyModel };

/** What is recorded, how narrow, for how long; what must stay; and the words for the company's own papers. */
export function PrivacyScreen(props: Props) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="privacy">
      <Form view={view} action={paths.settingsPrivacy}>
        <ByKind {...props} />
        <Section title={t('hints.title')}>
          <p class="muted">{t('hints.line')}</p>
          {hints.map((name) => (
            <CheckField
              name="hint"
              value={name}
              label={t(`hints.${name}.setting`)}
              checked={!model.hintsOff.includes(name)}
            />
          ))}
        </Section>
        <Section title={t('privacy.erasure')}>
          <SelectField
            name="erasure"
            label={t('privacy.erasure.label')}
            hint={t('privacy.erasure.hint')}
            value={model.erasureOnRequest}
            choices={(['ask', 'automatic'] as const).map((value) => ({
              value,
              text: t(`privacy.erasure.${value}`),
            }))}
          />
        </Section>
        <p class="actions">
          <Button primary type="submit">
            {t('kit.save')}
          </Button>
        </p>
      </Form>
      <Retention {...props} />
      <Holds {...props} />
      <Section title={t('privacy.record')}>
        <p class="muted">{t('privacy.record.line')}</p>
        <textarea class="record" readonly rows={14} aria-label={t('privacy.record')}>
          {model.processing}
        </textarea>
      </Section>
    </SettingsFrame>
  );
}

const breadth: Record<Mode, number> = { none: 0, links: 1, full: 2 };

function ByKind({ view, model }: Props) {
  const { t } = view;
  const modes = (['full', 'links', 'none'] as const).filter(
    (mode) => breadth[mode] <= breadth[model.ceiling],
  );
  return (
    <Section title={t('privacy.byKind')}>
      <p class="muted">{t('privacy.byKind.line', { mode: t(`tracking.mode.${model.ceiling}`) })}</p>
      <div class="kinds">
        {documentKinds.map((kind) => (
          <SelectField
            name={`mode.${kind}`}
            label={t(`kind.${kind}`)}
            value={model.byKind[kind] ?? model.ceiling}
            choices={modes.map((mode) => ({ value: mode, text: t(`tracking.mode.${mode}`) }))}
          />
        ))}
      </div>
    </Section>
  );
}

function Retention({ view, model }: Props) {
  const { t } = view;
  return (
    <Section title={t('privacy.retention')}>
      <p>
        {t('privacy.retention.line', { days: model.retentionDays })}{' '}
        <a href={paths.settingsCompany}>{t('privacy.retention.change')}</a>
      </p>
      <p>
        <a href={`${paths.settingsData}#retention`}>{t('privacy.retention.report')}</a>
      </p>
    </Section>
  );
}

function Holds({ view, model }: Props) {
  const { t, format } = view;
  return (
    <Section title={t('hold.title')}>
      <p class="muted">{t('hold.line')}</p>
      <ul>
        {model.holds.map((hold) => (
          <li>
            {hold.reason} <small>{format.date(hold.at)}</small>{' '}
            <PostButton action={paths.liftHold(hold.dispatch)} confirm={t('hold.lift.confirm')}>
              {t('hold.lift')}
            </PostButton>
          </li>
        ))}
      </ul>
    </Section>
  );
}
