import {
  Button,
  Cell,
  CheckField,
  EmptyPlace,
  type Errors,
  Facts,
  Field,
  Form,
  MadeSecret,
  menuColumn,
  PostButton,
  paths,
  RadioField,
  Row,
  Section,
  SelectField,
  Table,
  type View,
  When,
} from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';

export const loginTracking = ['full', 'links', 'none'] as const;

export const watchSendings = ['never', 'named', 'always'] as const;

export type ProgramsModel = {
  /** Where programs connect. */
  readonly server: { readonly host: string; readonly port: number; readonly tlsPort: number };
  readonly logins: readonly {
    readonly id: string;
    readonly name: string;
    readonly username: string;
    readonly hint: string;
    readonly lastUsedAt: Date | null;
  }[];
  /** A login just made: its password is shown this once. */
  readonly made: { readonly name: string; readonly username: string; readonly password: string } | null;
  readonly values: {
    readonly name: string;
    readonly tracking: (typeof loginTracking)[number];
    readonly attach: boolean;
    readonly link: boolean;
    readonly ownText: boolean;
  };
  readonly errors: Errors;
  /** Where files are dropped and what becomes of them; the folder is null where this installation watches none. */
  readonly watch: {
    readonly folder: string | null;
    readonly send: (typeof watchSendings)[number];
    /** Only owners change it. */
    readonly mayChange: boolean;
  };
};

/** How software that knows nothing of Envoi sends through it. */
export function ProgramsScreen(props: { readonly view: View; readonly model: ProgramsModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="programs">
      {model.made ? (
        <MadeSecret
          view={view}
          sentence={t('programs.made', { name: model.made.name, username: model.made.username })}
          secret={model.made.password}
        />
      ) : null}
      <Section title={t('programs.submission')}>
        <p class="muted">{t('programs.submission.hint')}</p>
        <Facts
          facts={[
            [t('smtp.host'), <code>{model.server.host}</code>],
            ['STARTTLS', <code>{model.server.port}</code>],
            ['TLS', <code>{model.server.tlsPort}</code>],
          ]}
        />
        {model.logins.length === 0 ? (
          <EmptyPlace now={t('programs.none')} later={t('programs.later')} />
        ) : (
          <LoginTable {...props} />
        )}
      </Section>
      <NewLogin {...props} />
      <Watch {...props} />
    </SettingsFrame>
  );
}

function NewLogin(props: { readonly view: View; readonly model: ProgramsModel }) {
  const { view, model } = props;
  const { t } = view;
  const { values, errors } = model;
  return (
    <Section title={t('programs.new')}>
      <Form
        view={view}
        action={paths.settingsPrograms}
        errors={errors}
        class="stack"
        data={{ 'data-turbo': 'false' }}
      >
        <div class="two">
          <Field
            name="name"
            label={t('programs.name')}
            hint={t('programs.name.hint')}
            value={values.name}
            errors={errors}
            required
          />
          <SelectField
            name="tracking"
            label={t('programs.tracking')}
            value={values.tracking}
            errors={errors}
            choices={loginTracking.map((mode) => ({ value: mode, text: t(`programs.tracking.${mode}`) }))}
          />
        </div>
        <CheckField name="attach" label={t('programs.attach')} checked={values.attach} errors={errors} />
        <CheckField
          name="link"
          label={t('programs.link')}
          hint={t('programs.link.hint')}
          checked={values.link}
        />
        <CheckField
          name="ownText"
          label={t('programs.ownText')}
          hint={t('programs.ownText.hint')}
          checked={values.ownText}
        />
        <p class="actions">
          <Button primary type="submit">
            {t('programs.make')}
          </Button>
        </p>
      </Form>
    </Section>
  );
}

function Watch(props: { readonly view: View; readonly model: ProgramsModel }) {
  const { view } = props;
  const { t } = view;
  const { folder, send, mayChange } = props.model.watch;
  return (
    <Section title={t('programs.watch')} id="watch">
      <p class="muted">{t(folder === null ? 'programs.watch.none' : 'programs.watch.hint')}</p>
      {folder === null ? null : (
        <>
          <Facts facts={[[t('programs.watch.folder'), <code>{folder}</code>]]} />
          <Form view={view} action={paths.settingsWatch} class="stack">
            <RadioField
              name="send"
              label={t('programs.watch.send')}
              value={send}
              choices={watchSendings.map((one) => ({
                value: one,
                text: t(`programs.watch.send.${one}`),
                disabled: !mayChange,
              }))}
            />
            {mayChange ? (
              <p class="actions">
                <Button type="submit">{t('kit.save')}</Button>
              </p>
            ) : null}
          </Form>
        </>
      )}
    </Section>
  );
}

function LoginTable(props: { readonly view: View; readonly model: ProgramsModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <div class="list">
      <Table
        class="plain"
        caption={t('programs.submission')}
        columns={[
          { name: t('programs.name') },
          { name: t('programs.username') },
          { name: t('programs.hint'), class: 'mid' },
          { name: t('keys.used') },
          menuColumn(view),
        ]}
      >
        {model.logins.map((login) => (
          <Row>
            <Cell class="name">
              <b>{login.name}</b>
            </Cell>
            <Cell>
              <code>{login.username}</code>
            </Cell>
            <Cell class="mid">
              <code>…{login.hint}</code>
            </Cell>
            <Cell class="when">
              {login.lastUsedAt ? (
                <When view={view} at={login.lastUsedAt} form="relative" />
              ) : (
                t('keys.never')
              )}
            </Cell>
            <Cell class="num">
              <PostButton
                quiet
                action={paths.loginRevoke(login.id)}
                confirm={t('programs.revoke.confirm', { name: login.name })}
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
