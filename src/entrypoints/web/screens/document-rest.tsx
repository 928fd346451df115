import { Button, Form, Icon, paths, Section, type View, When } from '../kit/index.ts';
import { type EventModel, happeningOf } from './event-words.ts';

export type VersionModel = {
  readonly id: string;
  readonly version: number;
  readonly fileName: string;
  readonly at: Date;
  readonly sent: boolean;
  readonly current: boolean;
  /** It is the one on this page. */
  readonly shown?: boolean;
};

/** Below the dispatches: what the customer answered, and the versions of the document. */
export function DocumentRest(props: {
  readonly view: View;
  readonly document: string;
  readonly responses: readonly EventModel[];
  /** The mailbox to which answers come, where Envoi does not see them. */
  readonly answersTo?: string | null;
  readonly versions: readonly VersionModel[];
}) {
  const { view } = props;
  const { t } = view;
  return (
    <>
      <Section id="answers" title={t('document.answers')}>
        {props.responses.length === 0 ? (
          <p class="muted">
            {props.answersTo
              ? t('document.answers.elsewhere', { address: props.answersTo })
              : t('document.answers.none')}
          </p>
        ) : null}
        <ul class="lines" role="list">
          {props.responses.map((event) => (
            <li data-state="replied">
              <Icon name="replied" />
              <span>
                {happeningOf(view, event).what}
                {typeof event.data['remark'] === 'string' ? <small>{event.data['remark']}</small> : null}
                {typeof event.data['text'] === 'string' ? <small>{event.data['text']}</small> : null}
              </span>
              <When view={view} at={event.at} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('document.versions')} aside={<small>{t('document.versions.aside')}</small>}>
        <table class="people">
          <caption class="sr">{t('document.versions')}</caption>
          <tbody>
            {props.versions.map((version) => (
              <tr>
                <td>{version.version}</td>
                <td>
                  {version.fileName}
                  <small>
                    {[
                      view.format.dateTime(version.at),
                      version.current ? t('document.version.current') : '',
                      version.sent ? t('document.version.sent') : t('document.version.neverSent'),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </small>
                </td>
                <td>
                  {(version.shown ?? version.current) ? null : (
                    <a href={paths.document(version.id)}>{t('document.version.open')}</a>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <Form view={view} action={paths.versions(props.document)} multipart class="inline">
          <label class="sr" for="new-version">
            {t('document.version.file')}
          </label>
          <input id="new-version" type="file" name="file" required accept=".pdf,.xml,.p7m" />
          <Button type="submit">{t('document.version.add')}</Button>
        </Form>
      </Section>
    </>
  );
}
