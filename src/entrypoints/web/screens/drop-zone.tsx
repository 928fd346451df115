import { Button, Form, Icon, paths, type View } from '../kit/index.ts';

/**
 * Where files come in: dropped anywhere on the page, or picked. Without a script it is a form with a button. With one, each
 * file goes up by itself with its progress, and its result is a sentence with a link.
 */
export function DropZone(props: { readonly view: View; readonly customer?: string }) {
  const { t } = props.view;
  return (
    <div
      id="drop-zone"
      data-controller="drop-zone"
      data-drop-zone-url-value={paths.upload}
      data-drop-zone-waiting-value={t('drop.waiting')}
      data-drop-zone-broken-value={t('drop.broken')}
      data-drop-zone-too-big-value={t('drop.tooBig')}
    >
      <Form view={props.view} action={paths.upload} multipart data={{ 'data-drop-zone-target': 'form' }}>
        {props.customer ? <input type="hidden" name="customer" value={props.customer} /> : null}
        <label class="drop" data-drop-zone-target="zone">
          <Icon name="file" />
          <span>
            <strong>{t('drop.title')}</strong>
            {t('drop.line')}
          </span>
          <input
            id="add-files"
            class="sr"
            type="file"
            name="file"
            multiple
            accept=".pdf,.xml,.p7m,application/pdf,application/xml,text/xml"
            data-drop-zone-target="input"
            data-action="drop-zone#picked"
          />
        </label>
        <noscript>
          <Button type="submit">{t('drop.upload')}</Button>
        </noscript>
      </Form>
      <ul class="uploads" aria-live="polite" id="uploads" data-turbo-permanent data-drop-zone-target="list" />
    </div>
  );
}
