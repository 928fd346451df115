import { Icon, Menu, MenuButton, MenuLink, paths, type View } from '../kit/index.ts';
import type { DocumentModel } from './document-model.ts';

/** What else can be done with a document, behind the three dots. */
export function DocumentMenu(props: { readonly view: View; readonly model: DocumentModel }) {
  const { model } = props;
  const { t } = props.view;
  return (
    <Menu id="document-menu" label={t('kit.more')}>
      <a href={paths.documentFile(model.id)} target="_blank" rel="noopener">
        <Icon name="print" /> {t('document.print')}
      </a>
      {model.customerLink ? (
        <button
          type="button"
          data-controller="copy"
          data-action="copy#copy"
          data-copy-text-value={model.customerLink}
          data-copy-done-value={t('kit.copied')}
        >
          <Icon name="copy" /> <span data-copy-target="said">{t('document.copyLink')}</span>
        </button>
      ) : null}
      {model.portalPreview ? (
        <MenuLink href={model.portalPreview} icon="viewed">
          {t('document.portal')}
        </MenuLink>
      ) : null}
      {model.hasXml ? (
        <MenuLink href={`${paths.documentFile(model.id)}?as=source`} icon="file" download>
          {t('document.source')}
        </MenuLink>
      ) : null}
      {model.customerLink ? (
        <MenuButton
          action={`${paths.document(model.id)}/close-links`}
          icon="cross"
          confirm={t('document.closeLinks.confirm')}
        >
          {t('document.closeLinks')}
        </MenuButton>
      ) : null}
      {model.replacedBy ? null : <StateItems {...props} />}
      <hr />
      {(['post', 'hand', 'chat', 'phone'] as const).map((means) => (
        <MenuButton action={`${paths.document(model.id)}/other-means`} name="means" value={means} icon="hand">
          {t(`document.means.${means}`)}
        </MenuButton>
      ))}
    </Menu>
  );
}

/** What else a person may say of it: paid in part, disputed, canceled. */
function StateItems(props: { readonly view: View; readonly model: DocumentModel }) {
  const { view, model } = props;
  const { t } = view;
  const isDisputed = model.paid.state === 'disputed';
  return (
    <>
      <hr />
      {model.kind !== 'quote' && ['unpaid', 'partly', 'declared'].includes(model.paid.state) ? (
        <MenuLink href="?pay#facts" icon="tick">
          {t('document.payPart')}
        </MenuLink>
      ) : null}
      {model.paid.state === 'declared' ? (
        <MenuButton action={paths.documentState(model.id)} name="do" value="not_found" icon="again">
          {t('document.notFound')}
        </MenuButton>
      ) : null}
      {model.paid.state === 'none' ? null : (
        <MenuButton
          action={paths.documentState(model.id)}
          name="do"
          value={isDisputed ? 'settle' : 'dispute'}
          icon="talk"
        >
          {t(isDisputed ? 'document.settle' : 'document.dispute')}
        </MenuButton>
      )}
      {model.canceled ? null : (
        <MenuButton
          action={paths.documentState(model.id)}
          name="do"
          value="cancel"
          icon="canceled"
          confirm={t('document.cancel.confirm')}
        >
          {t('document.cancel')}
        </MenuButton>
      )}
    </>
  );
}
