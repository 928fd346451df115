import { BarePage, Button, type Errors, Field, Form, Icon, Note, paths, type View } from '../kit/index.ts';

export type JoinModel = {
  /** null: the link has ended. */
  readonly link: {
    readonly token: string;
    readonly email: string;
    readonly companyName: string;
    readonly purpose: 'join' | 'reset';
    readonly hasAccount: boolean;
  } | null;
  readonly name: string;
  readonly errors: Errors;
};

/** Where a link leads by which somebody joins a company or sets a new password. */
export function JoinScreen(props: { readonly view: View; readonly model: JoinModel }) {
  const { view, model } = props;
  const { t } = view;
  const { link } = model;
  const title = link?.purpose === 'reset' ? t('join.reset') : t('join.title');
  return (
    <BarePage view={view} title={title}>
      <div class="gate">
        <p class="mark">
          <Icon name="mark" class="i-l" /> Envoi
        </p>
        <h1>{title}</h1>
        {link ? (
          <JoinForm view={view} link={link} name={model.name} errors={model.errors} />
        ) : (
          <>
            <Note state="failed">{t('join.ended')}</Note>
            <p>
              <a href={paths.signIn}>{t('signIn.title')}</a>
            </p>
          </>
        )}
      </div>
    </BarePage>
  );
}

function JoinForm(props: {
  readonly view: View;
  readonly link: NonNullable<JoinModel['link']>;
  readonly name: string;
  readonly errors: Errors;
}) {
  const { view, link, errors } = props;
  const { t } = view;
  const isReset = link.purpose === 'reset';
  return (
    <>
      {isReset ? null : <p>{t('join.company', { company: link.companyName })}</p>}
      <Form view={view} action={paths.join} errors={errors} data={{ 'data-turbo': 'false' }}>
        <input type="hidden" name="token" value={link.token} />
        <input type="hidden" name="email" value={link.email} autocomplete="username" />
        <p class="muted">{link.email}</p>
        {isReset || link.hasAccount ? null : (
          <Field
            name="name"
            label={t('user.name')}
            value={props.name}
            errors={errors}
            autocomplete="name"
            required
          />
        )}
        <Field
          name="password"
          type="password"
          label={isReset ? t('profile.password.new') : t('user.password')}
          hint={link.hasAccount && !isReset ? t('join.known') : t('user.password.hint')}
          errors={errors}
          autocomplete={link.hasAccount && !isReset ? 'current-password' : 'new-password'}
          required
        />
        <Button primary type="submit">
          {isReset ? t('profile.password.save') : t('join.enter')}
        </Button>
      </Form>
    </>
  );
}
