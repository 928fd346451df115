import { Button, Form, paths, SelectField, type View } from '../kit/index.ts';
import type { RunModel } from './run-model.ts';

/** What the mails of the run say: another template, or words for this run only. */
export function RunTexts(props: { readonly view: View; readonly model: RunModel }) {
  const { view, model } = props;
  const { t } = view;
  if (model.texts.length === 0) return null;
  const isChosen = model.texts.some((one) => one.isChanged || one.chosen !== '');
  return (
    <details class="fold run-options" open={isChosen}>
      <summary>{t('runs.texts')}</summary>
      <p class="muted">{t('runs.texts.hint')}</p>
      <Form view={view} action={paths.runTexts(model.id)}>
        {model.texts.map((one) => (
          <div class="two">
            <SelectField
              name={`template-${one.name}`}
              label={`${one.of} · ${t('runs.texts.count', { count: one.lines })}`}
              value={one.chosen}
              choices={one.choices}
            />
            <p class="beside">
              <a href={one.href}>{t('runs.texts.change')}</a>
              {one.isChanged ? <small class="muted"> ({t('runs.texts.changed')})</small> : null}
            </p>
          </div>
        ))}
        <Button type="submit">{t('runs.options.use')}</Button>
      </Form>
    </details>
  );
}
