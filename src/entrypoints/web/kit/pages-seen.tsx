import { Icon } from './icon.tsx';
import type { View } from './view.ts';

/** A page that was on somebody's screen: in how many visits, and for how long in all; 0 where that is not known. */
export type SeenPage = { readonly page: number; readonly views: number; readonly seconds: number };

const widest = 100;

/** A small strip for each page that was seen: as long as it was looked at, with the seconds beside it. */
export function PagesSeen(props: { readonly view: View; readonly pages: readonly SeenPage[] }) {
  const { view, pages } = props;
  const { t } = view;
  if (pages.length === 0) return null;
  const longest = Math.max(1, ...pages.map(({ seconds }) => seconds));
  return (
    <figure class="seen-pages">
      <figcaption>{t('seen.title')}</figcaption>
      <ul role="list">
        {pages.map(({ page, views, seconds }) => (
          <li>
            <span>{t('seen.page', { page })}</span>
            <svg viewBox={`0 0 ${widest} 6`} preserveAspectRatio="none" aria-hidden="true">
              <rect width={Math.max(2, (widest * seconds) / longest).toFixed(1)} height="6" />
            </svg>
            <small>{seconds > 0 ? t('seen.seconds', { seconds }) : t('seen.views', { count: views })}</small>
          </li>
        ))}
      </ul>
      <p class="muted">{t('seen.reported')}</p>
    </figure>
  );
}

/** Why there may be no sign of a recipient, folded away: never "not read". */
export function NoSign(props: { readonly view: View; readonly reasons: readonly string[] }) {
  if (props.reasons.length === 0) return null;
  return (
    <details class="fold">
      <summary>
        <Icon name="chev" /> {props.view.t('noSign.title')}
      </summary>
      <ul>
        {props.reasons.map((reason) => (
          <li>{reason}</li>
        ))}
      </ul>
    </details>
  );
}
