import type { ShownDocument } from './read-page.ts';
import { anchorOf, documentName, type Speaker } from './speaker.ts';

/**
 * The pages as pictures, each in its proportion before it is loaded; the first at once, the others as one comes near.
 * `before` pages of other documents stand above: the page's own word counts through all of them.
 */
export function DocumentPages(props: {
  readonly say: Speaker;
  readonly shown: ShownDocument;
  readonly isFirst: boolean;
  readonly before: number;
}) {
  const { say, shown, isFirst, before } = props;
  const { t, pageUrl } = say;
  const { document, images } = shown;
  const anchor = (page: number): string => `${anchorOf(document.id)}-${page}`;
  if (images.length === 0)
    return (
      <div class="pages">
        <p class="unshown">{t(document.images === 'failed' ? 'page.failed' : 'page.waiting')}</p>
      </div>
    );
  return (
    <div class="pages">
      {images.map(({ page, width, height }) => (
        <figure id={anchor(page)} data-page={before + page}>
          <img
            src={`${pageUrl}/page/${document.id}/${page}.webp`}
            width={width}
            height={height}
            alt={t('page.alt', { page, document: documentName(t, document) })}
            loading={isFirst && page === 1 ? 'eager' : 'lazy'}
            fetchpriority={isFirst && page === 1 ? 'high' : 'auto'}
            decoding="async"
          />
          <figcaption>
            <span>{t('page.caption', { page, pages: document.pages })}</span>
            {page < images.length ? <a href={`#${anchor(page + 1)}`}>{t('page.next')}</a> : null}
          </figcaption>
        </figure>
      ))}
    </div>
  );
}
