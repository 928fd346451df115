import {
  Button,
  Cell,
  CheckField,
  EmptyPlace,
  type Errors,
  Field,
  Form,
  MadeSecret,
  menuColumn,
  PostButton,
  paths,
  Row,
  Section,
  SelectField,
  Table,
  type View,
  When,
} from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';

export const keyRights = ['send', 'read', 'all'] as const;

export type KeysModel = {
  readonly keys: readonly {
    readonly id: string;
    readonly name: string;
    readonly rights: (typeof keyRights)[number];
    /** The last characters, to tell keys apart. */
    readonly hint: string;
    readonly createdAt: Date;
    readonly lastUsedAt: Date | null;
    readonly expiresAt: Date | null;
    readonly isTest: boolean;
  }[];
  /** A key just made: shown this once and never again. */
  readonly made: { readonly name: string; readonly key: string } | null;
  /** The plan lets programs in. */
  readonly mayMake: boolean;
  readonly apiUrl: string;
  readonly values: {
    readonly name: string;
    readonly rights: (typeof keyRights)[number];
    /** Days until it ends; empty: never. */
    readonly days: string;
    readonly isTest: boolean;
  };
  readonly errors: Errors;
};

/** Keys for programs. */
export function KeysScreen(props: { readonly view: View; readonly model: KeysModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="keys">
      {model.made ? (
        <MadeSecret
          view={view}
          sentence={t('keys.made', { name: model.made.name })}
          secret={model.made.key}
        />
      ) : null}
      <Section title={t('settings.keys')} aside={<a href={`${model.apiUrl}/docs`}>{t('keys.docs')}</a>}>
        {model.keys.length === 0 ? (
          <EmptyPlace now={t('keys.none')} later={t('keys.later')} />
        ) : (
          <KeyTable {...props} />
        )}
      </Section>
      {model.mayMake ? <NewKey {...props} /> : <p class="muted">{t('plan.would.api')}</p>}
    </SettingsFrame>
  );
}

function NewKey(props: { readonly view: View; readonly model: KeysModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Section title={t('keys.new')}>
      <Form view={view} action={paths.settingsKeys} errors={model.errors} data={{ 'data-turbo': 'false' }}>
        <div class="two">
          <Field
            name="name"
            label={t('keys.name')}
            hint={t('keys.name.hint')}
            value={model.values.name}
            errors={model.errors}
            required
          />
          <SelectField
            name="rights"
            label={t('keys.rights')}
            value={model.values.rights}
            errors={model.errors}
            choices={keyRights.map((rights) => ({ value: rights, text: t(`keys.rights.${rights}`) }))}
          />
        </div>
        <div class="two">
          <Field
            name="days"
            type="number"
            min="1"
            max="3650"
            label={t('keys.days')}
            hint={t('keys.days.hint')}
            value={model.values.days}
            errors={model.errors}
          />
        </div>
        <CheckField
          name="isTest"
          label={t('keys.test')}
          hint={t('keys.test.hint')}
          checked={model.values.isTest}
        />
        <Button primary type="submit">
          {t('keys.make')}
        </Button>
      </Form>
    </Section>
  );
}

/** What is special about a key: for tests only, and until when. */
function KeyNotes(props: { readonly view: View; readonly item: KeysModel['keys'][number] }) {
  const { t, format } = props.view;
  const { isTest, expiresAt } = props.item;
  if (!isTest && !expiresAt) return null;
  const notes = [
    isTest ? t('keys.test.short') : null,
    expiresAt ? t('keys.until', { day: format.longDate(expiresAt) }) : null,
  ];
  return <small class="muted"> {notes.filter(Boolean).join(' · ')}</small>;
}

function KeyTable(props: { readonly view: View; readonly model: KeysModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <div class="list">
      <Table
        class="plain"
        caption={t('settings.keys')}
        columns={[
          { name: t('keys.name') },
          { name: t('keys.rights') },
          { name: t('keys.hint'), class: 'mid' },
          { name: t('keys.used') },
          menuColumn(view),
        ]}
      >
        {model.keys.map((key) => (
          <Row>
            <Cell class="name">
              <b>{key.name}</b>
              <KeyNotes view={view} item={key} />
            </Cell>
            <Cell>{t(`keys.rights.${key.rights}`)}</Cell>
            <Cell class="mid">
              <code>…{key.hint}</code>
            </Cell>
            <Cell class="when">
              {key.lastUsedAt ? <When view={view} at={key.lastUsedAt} form="relative" /> : t('keys.never')}
            </Cell>
            <Cell class="num">
              <PostButton
                quiet
                action={paths.keyRevoke(key.id)}
                confirm={t('keys.revoke.confirm', { name: key.name })}
              >
                {t('keys.revoke')}
              </PostButton>
            </Cell>
          </Row>
        ))}
      </Table>
    </div>
  );
}
