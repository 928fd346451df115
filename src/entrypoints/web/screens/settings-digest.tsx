import type { DigestSetting } from '#domain/notices';
import { Button, Form, paths, RadioField, Section, SelectField, type View } from '../kit/index.ts';

export type DigestModel = DigestSetting & {
  /** The time zone of the company's clocks. */
  readonly zone: string;
};

const hours = Array.from({ length: 24 }, (_, at) => at);

/** When somebody is mailed of what needs him. */
export function DigestSection(props: { readonly view: View; readonly model: DigestModel }) {
  const { view, model } = props;
  const { t } = view;
  return (
    <Section title={t('profile.digest')} id="digest">
      <p class="muted">{t('profile.digest.hint')}</p>
      <Form view={view} action={paths.settingsDigest} errors={{}} class="stack">
        <RadioField
          name="mode"
          label={t('profile.digest.mode')}
          value={model.mode}
          choices={(['at_once', 'daily', 'off'] as const).map((mode) => ({
            value: mode,
            text: t(`profile.digest.mode.${mode}`),
          }))}
          errors={{}}
        />
        <SelectField
          name="hour"
          label={t('profile.digest.hour')}
          hint={t('profile.digest.hour.hint', { zone: model.zone })}
          value={String(model.hour)}
          choices={hours.map((hour) => ({
            value: String(hour),
            text: `${String(hour).padStart(2, '0')}:00`,
          }))}
          errors={{}}
        />
        <p class="actions">
          <Button type="submit">{t('kit.save')}</Button>
        </p>
      </Form>
    </Section>
  );
}
