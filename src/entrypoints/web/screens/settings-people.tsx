import {
  Button,
  Cell,
  type Errors,
  Field,
  Form,
  Icon,
  LinkButton,
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
import { Limits, type LimitsModel } from './settings-limits.tsx';

export const roles = ['member', 'accountant', 'owner'] as const;
type Role = (typeof roles)[number];

export type PeopleModel = {
  readonly members: readonly {
    readonly userId: string;
    readonly name: string;
    readonly email: string;
    readonly role: Role;
    readonly isSelf: boolean;
    /** Null: this person cannot be limited. */
    readonly limits: LimitsModel | null;
  }[];
  readonly invitations: readonly {
    readonly id: string;
    readonly email: string;
    readonly role: Role;
    readonly purpose: 'join' | 'reset';
    readonly expiresAt: Date;
  }[];
  /** A link that was just made: shown this once. */
  readonly made: { readonly email: string; readonly url: string; readonly purpose: 'join' | 'reset' } | null;
  /** The host of the identity service by which people come in, and whether they must; null: none. */
  readonly singleSignOn: { readonly host: string; readonly isRequired: boolean } | null;
  /** The plan has several users. */
  readonly mayInvite: boolean;
  readonly values: { readonly email: string; readonly role: Role };
  readonly errors: Errors;
};

/** Who may sign in for the company, and as what. */
export function PeopleScreen(props: { readonly view: View; readonly model: PeopleModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <SettingsFrame view={view} tab="people">
      {model.made ? (
        <MadeSecret
          view={view}
          sentence={t(`people.made.${model.made.purpose}`, { email: model.made.email })}
          secret={model.made.url}
        />
      ) : null}
      <Section title={t('settings.people')}>
        <Members {...props} />
      </Section>
      {model.invitations.length === 0 ? null : (
        <Section title={t('people.open')}>
          <Invitations {...props} />
        </Section>
      )}
      <SingleSignOnLine {...props} />
      {model.mayInvite ? <Invite {...props} /> : <p class="muted">{t('plan.would.users')}</p>}
    </SettingsFrame>
  );
}

function SingleSignOnLine({ view, model }: { readonly view: View; readonly model: PeopleModel }) {
  const { t } = view;
  const one = model.singleSignOn;
  if (!one && !model.mayInvite) return null;
  return (
    <Section title={t('signOn.title')}>
      <p>
        {one ? t(one.isRequired ? 'signOn.on.required' : 'signOn.on', { host: one.host }) : t('signOn.off')}
      </p>
      <p class="actions">
        <LinkButton href={paths.settingsSingleSignOn}>{t(one ? 'signOn.change' : 'signOn.setUp')}</LinkButton>
      </p>
    </Section>
  );
}

function Members(props: { readonly view: View; readonly model: PeopleModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <ul class="records">
      {model.members.map((member) => (
        <li data-state="sent" id={member.userId}>
          <Icon name="people" />
          <div>
            <h3>{member.name || member.email}</h3>
            <small>{member.email}</small>
          </div>
          <span class="verdict">{t(`people.role.${member.role}`)}</span>
          <div class="body">
            {member.isSelf ? (
              <p class="muted">{t('people.self')}</p>
            ) : (
              <p class="actions">
                {roles
                  .filter((role) => role !== member.role)
                  .map((role) => (
                    <PostButton quiet action={paths.memberRole(member.userId)} name="role" value={role}>
                      {t('people.make', { role: t(`people.role.${role}`) })}
                    </PostButton>
                  ))}
                <PostButton quiet action={paths.memberReset(member.userId)} data={{ 'data-turbo': 'false' }}>
                  {t('people.reset')}
                </PostButton>
                <PostButton
                  quiet
                  action={paths.memberRemove(member.userId)}
                  confirm={t('people.remove.confirm', { name: member.name || member.email })}
                >
                  {t('people.remove')}
                </PostButton>
              </p>
            )}
            {member.limits ? <Limits view={view} model={member.limits} /> : null}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Invitations(props: { readonly view: View; readonly model: PeopleModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <div class="list">
      <Table
        class="plain"
        caption={t('people.open')}
        columns={[
          { name: t('user.email') },
          { name: t('people.role') },
          { name: t('people.until') },
          menuColumn(view),
        ]}
      >
        {model.invitations.map((one) => (
          <Row>
            <Cell class="name">{one.email}</Cell>
            <Cell>{one.purpose === 'reset' ? t('people.reset.short') : t(`people.role.${one.role}`)}</Cell>
            <Cell class="when">
              <When view={view} at={one.expiresAt} form="dateTime" />
            </Cell>
            <Cell class="num">
              <PostButton quiet action={paths.invitationRevoke(one.id)}>
                {t('people.revoke')}
              </PostButton>
            </Cell>
          </Row>
        ))}
      </Table>
    </div>
  );
}

function Invite(props: { readonly view: View; readonly model: PeopleModel }) {
  const { view, model } = props;
  const { t } = view;
  const { values, errors } = model;
  return (
    <Section title={t('people.invite')}>
      <p class="muted">{t('people.invite.hint')}</p>
      <Form
        view={view}
        action={paths.settingsPeople}
        errors={errors}
        class="stack"
        data={{ 'data-turbo': 'false' }}
      >
        <div class="two">
          <Field
            name="email"
            type="email"
            label={t('user.email')}
            value={values.email}
            errors={errors}
            required
          />
          <SelectField
            name="role"
            label={t('people.role')}
            value={values.role}
            errors={errors}
            choices={roles.map((role) => ({ value: role, text: t(`people.role.${role}.long`) }))}
          />
        </div>
        <p class="actions">
          <Button primary type="submit">
            {t('people.invite.make')}
          </Button>
        </p>
      </Form>
    </Section>
  );
}
