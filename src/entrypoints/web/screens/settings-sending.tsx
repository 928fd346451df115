import { languageName, languages } from '#base/language';
import {
  CheckField,
  Field,
  Icon,
  PostButton,
  paths,
  RadioField,
  Section,
  TextField,
  type View,
} from '../kit/index.ts';
import type { CompanyModel } from './settings-model.ts';

type Part = { readonly view: View; readonly model: CompanyModel };

/** What customers see of the company: logo and colour. */
export function Look(props: Part) {
  const { view, model } = props;
  const { t } = view;
  const { values, errors } = model;
  return (
    <Section title={t('company.look')}>
      <div class="two">
        <div>
          <Field
            name="logo"
            type="file"
            label={t('company.logo')}
            hint={t('company.logo.hint')}
            errors={errors}
            data={{ accept: 'image/png,image/jpeg,image/webp' }}
          />
          {model.logoUrl ? (
            <>
              <p class="logo">
                <img src={model.logoUrl} alt={t('company.logo.now')} height="40" />
              </p>
              <CheckField name="removeLogo" label={t('company.logo.remove')} checked={false} />
            </>
          ) : null}
        </div>
        <Field
          name="brandColor"
          label={t('company.color')}
          hint={t('company.color.hint')}
          placeholder="#2b3a67"
          maxlength={7}
          value={values.brandColor}
          errors={errors}
        />
      </div>
      <TextField
        name="letterFooter"
        label={t('company.footer')}
        hint={t('company.footer.hint')}
        value={values.letterFooter}
        rows={2}
        maxlength={1000}
        errors={errors}
      />
    </Section>
  );
}

/** What holds for every send unless the send window says otherwise. */
export function Sending(props: Part) {
  const { t } = props.view;
  const { values, errors } = props.model;
  return (
    <Section title={t('company.sending')}>
      <div class="two">
        <Field
          name="undoSeconds"
          type="number"
          min="0"
          max="600"
          label={t('company.undo')}
          hint={t('company.undo.hint')}
          value={String(values.undoSeconds)}
          errors={errors}
        />
        <Field
          name="linkDays"
          type="number"
          min="1"
          max="3650"
          label={t('company.linkDays')}
          hint={t('company.linkDays.hint')}
          value={String(values.linkDays)}
          errors={errors}
        />
      </div>
      <p class="actions">
        <PostButton action={paths.closeAllLinks} confirm={t('company.closeLinks.confirm')}>
          {t('company.closeLinks')}
        </PostButton>
      </p>
      <Copies {...props} />
      <RadioField
        name="attach"
        label={t('company.attach')}
        value={values.attach}
        errors={errors}
        choices={(['auto', 'yes', 'no'] as const).map((value) => ({
          value,
          text: t(`company.attach.${value}`),
        }))}
      />
      <CheckField name="copyToSender" label={t('send.copy')} checked={values.copyToSender} />
      <CheckField
        name="hideSender"
        label={t('company.hideSender')}
        hint={t('company.hideSender.hint')}
        checked={values.hideSender}
      />
      <Replies {...props} />
    </Section>
  );
}

/** Straight to the user, or by way of us. Without a domain of the platform nothing could be addressed to us. */
function Replies({ view, model }: Part) {
  const { t } = view;
  return (
    <CheckField
      name="trackReplies"
      label={t('company.replies.track')}
      hint={t(model.canTrackReplies ? 'company.replies.hint' : 'company.replies.impossible')}
      checked={model.values.trackReplies && model.canTrackReplies}
      disabled={!model.canTrackReplies}
    />
  );
}

function Copies(props: Part) {
  const { t } = props.view;
  const { values, errors } = props.model;
  return (
    <div class="two">
      <Field
        name="cc"
        label={t('company.cc')}
        hint={t('company.cc.hint')}
        value={values.cc}
        errors={errors}
      />
      <Field
        name="bcc"
        label={t('company.bcc')}
        hint={t('company.bcc.hint')}
        value={values.bcc}
        errors={errors}
      />
    </div>
  );
}

/** How attached files are called, per language and kind; an empty field leaves the usual name, which it shows in grey. */
export function FileNames(props: Part) {
  const { view, model } = props;
  const { t } = view;
  const own = model.values.language;
  const ordered = [own, ...languages.filter((language) => language !== own)];
  return (
    <Section title={t('company.fileNames')}>
      <p class="muted">{t('company.fileNames.hint')}</p>
      {ordered.map((language) => (
        <details class="fold">
          <summary>
            <Icon name="chev" /> {languageName(language, view.language)}
          </summary>
          <div class="two">
            {model.kinds.map((kind) => (
              <Field
                name={`fileName.${kind}.${language}`}
                label={t(`kind.${kind}`)}
                placeholder={model.usualFileNames[`${kind}.${language}`]}
                maxlength={200}
                value={model.values.fileNames[`${kind}.${language}`]}
                errors={model.errors}
              />
            ))}
          </div>
        </details>
      ))}
    </Section>
  );
}
