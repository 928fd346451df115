import type { View } from './view.ts';

/** What the server knows about an address that is already in the field. */
export type KnownAddress = {
  readonly address: string;
  readonly name: string | null;
  /** `good` may be mailed, `bad` is no address, `held` is suppressed; `why` is said to whoever looks closer. */
  readonly state: 'good' | 'bad' | 'held';
  readonly why?: string;
};

/** The field's text as it is typed and posted: "Els Peeters <els@peeters.example>, shop@peeters.example". */
export function addressText(addresses: readonly KnownAddress[]): string {
  return addresses
    .map(({ name, address }) => {
      if (name === null) return address;
      const quoted = /[",;<>()@\\]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name;
      return `${quoted} <${address}>`;
    })
    .join(', ');
}

/**
 * Recipients. Without a script a plain input of addresses separated by `,` or `;`; with one, each address becomes a token with
 * a tick or a cross, and a list completes what is typed. The server reads the same text and has the last word.
 */
export function AddressField(props: {
  readonly view: View;
  readonly id: string;
  readonly label: string;
  readonly url: string;
  readonly addresses: readonly KnownAddress[];
  /** What was typed when it came back refused; absent: made from `addresses`. */
  readonly text?: string;
  readonly required?: boolean;
  readonly error?: string;
}) {
  const { view, id } = props;
  const { t } = view;
  return (
    <div
      class="field tokens"
      data-controller="addresses"
      data-addresses-url-value={props.url}
      data-addresses-known-value={JSON.stringify(props.addresses)}
      data-addresses-words-value={JSON.stringify({
        remove: t('address.remove', { address: '{address}' }),
        bad: t('address.bad'),
        held: t('address.held'),
        found: t('address.found', { count: 2 }).replace('2', '{count}'),
      })}
      data-action="click->addresses#focus"
    >
      <input
        id={id}
        name={id}
        value={props.text ?? addressText(props.addresses)}
        required={props.required}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-invalid={props.error ? 'true' : undefined}
        aria-describedby={`${id}-under`}
        data-addresses-target="input"
      />
    </div>
  );
}
