import type { DocumentKind } from '#domain/documents';
import { Button, CheckField, Form, paths, type View } from '../kit/index.ts';

export type LimitsModel = {
  readonly userId: string;
  readonly kinds: readonly { readonly kind: DocumentKind; readonly isAllowed: boolean }[];
  readonly senders: readonly {
    readonly id: string;
    readonly address: string;
    readonly isAllowed: boolean;
  }[];
};

/** What one member may send, and from where. Everything ticked: no limit, also for senders that come later. */
export function Limits({ view, model }: { readonly view: View; readonly model: LimitsModel }) {
  const { t } = view;
  const isLimited = [...model.kinds, ...model.senders].some((one) => !one.isAllowed);
  return (
    <details class="limits">
      <summary>{t(isLimited ? 'people.limits.some' : 'people.limits.all')}</summary>
      <Form view={view} action={paths.memberLimits(model.userId)} class="stack">
        <p class="muted">{t('people.limits.why')}</p>
        <fieldset class="ticks">
          <legend>{t('people.limits.kinds')}</legend>
          {model.kinds.map(({ kind, isAllowed }) => (
            <CheckField name="kind" value={kind} label={t(`kind.${kind}`)} checked={isAllowed} />
          ))}
        </fieldset>
        {model.senders.length === 0 ? null : (
          <fieldset class="ticks">
            <legend>{t('people.limits.senders')}</legend>
            {model.senders.map(({ id, address, isAllowed }) => (
              <CheckField name="sender" value={id} label={address} checked={isAllowed} />
            ))}
          </fieldset>
        )}
        <p class="actions">
          <Button type="submit">{t('kit.save')}</Button>
        </p>
      </Form>
    </details>
  );
}
