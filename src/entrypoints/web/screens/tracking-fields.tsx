import { type Errors, RadioField, type View } from '../kit/index.ts';

/** The law of the country that is chosen in the same form, in one sentence; CSS shows the one that fits (assets/pages.css). */
export function TrackingLaw(props: { readonly view: View }) {
  return (
    <>
      {(['FR', 'IT', 'CH', 'other'] as const).map((country) => (
        <p class="muted law" data-country={country}>
          {props.view.t('tracking.law', { country })}
        </p>
      ))}
    </>
  );
}

/** How much is recorded, and on which ground: at set-up and in the settings. */
export function TrackingFields(props: {
  readonly view: View;
  readonly tracking: 'none' | 'links' | 'full' | null;
  readonly basis: 'consent' | 'other';
  readonly errors: Errors;
}) {
  const { t } = props.view;
  return (
    <>
      <RadioField
        name="tracking"
        label={t('tracking.mode')}
        value={props.tracking}
        errors={props.errors}
        choices={(['full', 'links', 'none'] as const).map((mode) => ({
          value: mode,
          text: t(`tracking.mode.${mode}`),
          hint: t(`tracking.mode.${mode}.hint`),
        }))}
      />
      <RadioField
        name="basis"
        label={t('tracking.basis')}
        value={props.basis}
        errors={props.errors}
        choices={(['consent', 'other'] as const).map((basis) => ({
          value: basis,
          text: t(`tracking.basis.${basis}`),
          hint: t(`tracking.basis.${basis}.hint`),
        }))}
      />
    </>
  );
}
