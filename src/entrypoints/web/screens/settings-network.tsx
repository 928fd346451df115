import { Button, Form, Icon, Note, PostButton, paths, Section, type View } from '../kit/index.ts';
import { SettingsFrame } from './settings.tsx';

export type NetworkSettingsModel = {
  readonly listedAt: Date | null;
  readonly names: readonly {
    readonly value: string;
    readonly kind: 'vat' | 'domain';
    readonly proof: string;
  }[];
  /** Stated in the company's settings, but not confirmed by the operator. */
  readonly unconfirmedVatId: string | null;
  readonly hasVatId: boolean;
  /** Companies from which nothing is received. */
  readonly blocks: readonly { readonly id: string; readonly name: string; readonly at: Date }[];
};

/** Whether other companies of the installation find this one, and by what. */
export function NetworkScreen(props: { readonly view: View; readonly model: NetworkSettingsModel }) {
  const { view, model } = props;
  const { t, format } = view;
  const isListed = model.listedAt !== null;
  return (
    <SettingsFrame view={view} tab="network">
      <Section title={t('settings.network')}>
        <div class="stack">
          <p>{t('network.what')}</p>
          <p role="status">
            {model.listedAt
              ? t('network.listed', { at: format.date(model.listedAt) })
              : t('network.unlisted')}
          </p>
          {isListed && model.names.length === 0 ? (
            <Note state="unconfirmed">{t('network.nameless')}</Note>
          ) : null}
          <Form view={view} action={paths.settingsNetwork}>
            <input type="hidden" name="listed" value={isListed ? 'no' : 'yes'} />
            <p class="actions">
              <Button
                primary={!isListed}
                type="submit"
                confirm={isListed ? t('network.leave.confirm') : undefined}
              >
                {t(isListed ? 'network.leave' : 'network.join')}
              </Button>
            </p>
          </Form>
        </div>
      </Section>
      <Section title={t('network.names')}>
        <div class="stack">
          <p class="muted">{t('network.names.hint')}</p>
          <ul class="lines" role="list">
            {model.names.map((name) => (
              <li data-state="accepted">
                <Icon name="tick" />
                <span>
                  {name.value}
                  <small>{name.proof}</small>
                </span>
              </li>
            ))}
            {model.unconfirmedVatId ? (
              <li data-state="unconfirmed">
                <Icon name="warn" />
                <span>
                  {model.unconfirmedVatId}
                  <small>{t('network.vat.unconfirmed')}</small>
                </span>
              </li>
            ) : null}
          </ul>
          {model.hasVatId ? null : (
            <p>
              {t('network.vat.none')} <a href={paths.settingsCompany}>{t('settings.company')}</a>
            </p>
          )}
          <p>
            {t('network.domain.hint')} <a href={paths.settingsDomains}>{t('settings.domains')}</a>
          </p>
        </div>
      </Section>
      {model.blocks.length > 0 ? <Blocks {...props} /> : null}
    </SettingsFrame>
  );
}

function Blocks({ view, model }: { readonly view: View; readonly model: NetworkSettingsModel }) {
  const { t, format } = view;
  return (
    <Section title={t('network.blocks')}>
      <div class="stack">
        <p class="muted">{t('network.blocks.hint')}</p>
        <ul class="lines" role="list">
          {model.blocks.map((block) => (
            <li>
              <Icon name="cross" />
              <span>
                {block.name}
                <small>{t('network.blocked.since', { at: format.date(block.at) })}</small>
              </span>
              <PostButton quiet action={paths.settingsNetworkBlocks} name="lift" value={block.id}>
                {t('network.lift')}
              </PostButton>
            </li>
          ))}
        </ul>
      </div>
    </Section>
  );
}
