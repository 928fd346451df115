import type { Delegate } from '#domain/registered';
import { PostForm } from './post-form.tsx';
import type { Wording } from './wording.ts';

/** Hands the delivery to a colleague: whom he asks, and those whom he has asked, with a way to take it back. */
export function DelegatePart(props: {
  readonly t: Wording;
  readonly view: { readonly path: string; readonly csrf: string };
  readonly delegates: readonly Pick<Delegate, 'linkMessageId' | 'name' | 'address'>[];
}) {
  const { t, view, delegates } = props;
  return (
    <details open={delegates.length > 0}>
      <summary>{t('delivery.delegate.title')}</summary>
      <p>{t('delivery.delegate.text')}</p>
      {delegates.map((one) => (
        <PostForm view={view} to="take-back">
          <input type="hidden" name="delegate" value={one.linkMessageId} />
          <p>
            {t('delivery.delegate.handed', { name: one.name, address: one.address })}{' '}
            <button type="submit">{t('delivery.delegate.takeBack')}</button>
          </p>
        </PostForm>
      ))}
      <PostForm view={view} to="delegate">
        <p>
          <label for="delegate-name">{t('delivery.delegate.name')}</label>{' '}
          <input id="delegate-name" name="name" maxlength={100} autocomplete="off" required />
        </p>
        <p>
          <label for="delegate-address">{t('delivery.delegate.address')}</label>{' '}
          <input
            id="delegate-address"
            name="address"
            type="email"
            maxlength={320}
            autocomplete="off"
            required
          />
        </p>
        <button type="submit">{t('delivery.delegate.button')}</button>
      </PostForm>
    </details>
  );
}
