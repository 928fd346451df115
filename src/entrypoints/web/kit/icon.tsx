import { readFileSync } from 'node:fs';
import { raw } from 'hono/html';

export type IconName =
  | EnvelopeIcon
  | 'home'
  | 'docs'
  | 'mails'
  | 'bell'
  | 'people'
  | 'again'
  | 'shield'
  | 'inbox'
  | 'gear'
  | 'search'
  | 'more'
  | 'plus'
  | 'tick'
  | 'cross'
  | 'warn'
  | 'chev'
  | 'down'
  | 'save'
  | 'copy'
  | 'file'
  | 'theme'
  | 'hand'
  | 'talk'
  | 'pass'
  | 'mark'
  | 'play'
  | 'print'
  | 'key'
  | 'leave'
  | 'bank';

export type EnvelopeIcon =
  | 'waiting'
  | 'sent'
  | 'accepted'
  | 'opened'
  | 'viewed'
  | 'downloaded'
  | 'replied'
  | 'failed'
  | 'unconfirmed'
  | 'held'
  | 'canceled'
  | 'none';

/** A drawing of the sprite in the text's colour. It is decoration: the word beside it, or the button's label, says it. */
export function Icon(props: {
  readonly name: IconName;
  readonly class?: string;
  readonly state?: EnvelopeIcon;
}) {
  return (
    <svg class={`i ${props.class ?? ''}`.trim()} data-state={props.state} aria-hidden="true">
      <use href={`#i-${props.name}`} />
    </svg>
  );
}

const symbols = readFileSync(new URL('../assets/icons.svg', import.meta.url), 'utf8')
  .replace(/^<svg[^>]*><title>[^<]*<\/title>/, '')
  .replace(/<\/svg>\s*$/, '')
  .replaceAll('\n', '');

/** All drawings, inlined once per page so that `Icon` needs no request. */
export function IconSprite() {
  return (
    <svg class="sr" aria-hidden="true" width="0" height="0">
      {raw(symbols)}
    </svg>
  );
}
