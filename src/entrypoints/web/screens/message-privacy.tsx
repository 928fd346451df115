import { Button, Form, paths, Section, type View } from '../kit/index.ts';
import type { MessageModel } from './message-model.ts';

/** What is recorded about the person, and whether the history must stay whatever the retention says. */
export function MessagePrivacy({ view, model }: { readonly view: View; readonly model: MessageModel }) {
  const { t } = view;
  if (!model.address) return null;
  return (
    <Section title={t('settings.privacy')}>
      <p>
        <a href={paths.person(model.address)}>{t('person.what')}</a>
      </p>
      {model.held ? (
        <p>
          {t('hold.title')}: {model.held}
        </p>
      ) : (
        <Form view={view} action={paths.holdHistory(model.dispatch)} class="inline">
          <input type="hidden" name="back" value={paths.message(model.id)} />
          <label class="sr" for="hold-reason">
            {t('hold.reason')}
          </label>
          <input id="hold-reason" name="reason" maxlength={500} required placeholder={t('hold.reason')} />
          <Button type="submit">{t('hold.place')}</Button>
        </Form>
      )}
      <Erasure view={view} model={model} />
    </Section>
  );
}

/** Erases what the dispatch has sent; or says when that was done. */
function Erasure({ view, model }: { readonly view: View; readonly model: MessageModel }) {
  const { t } = view;
  if (model.erasedAt) return <p>{t('erase.erased', { time: view.format.dateTime(model.erasedAt) })}</p>;
  if (!model.mayErase) return null;
  return (
    <details class="fold">
      <summary>{t('erase.title')}</summary>
      <p>{t('erase.line')}</p>
      <Form view={view} action={paths.eraseContent(model.dispatch)} class="inline">
        <input type="hidden" name="back" value={paths.message(model.id)} />
        <label class="sr" for="erase-reason">
          {t('erase.reason')}
        </label>
        <input id="erase-reason" name="reason" maxlength={500} required placeholder={t('erase.reason')} />
        <Button type="submit" confirm={t('erase.confirm')}>
          {t('erase.do')}
        </Button>
      </Form>
    </details>
  );
}
