import type { View } from './view.ts';

/** A page of paper: the real page as an image in a frame of A4's proportion. */
function Sheet(props: { readonly src: string; readonly alt: string; readonly lazy?: boolean }) {
  return (
    <div class="sheet">
      <img
        src={props.src}
        alt={props.alt}
        width="210"
        height="297"
        loading={props.lazy ? 'lazy' : undefined}
      />
    </div>
  );
}

/** The pages of a document: the first large, all of them small below, each a link to its image. */
export function Pages(props: {
  readonly view: View;
  readonly title: string;
  readonly pages: readonly string[];
  readonly here: number;
  readonly hrefOf: (page: number) => string;
  readonly caption: string;
  readonly file: string;
  /** What is said instead, where the pages cannot be shown. */
  readonly none?: string;
}) {
  const { view, pages, here, title } = props;
  const altOf = (page: number): string => view.t('sheet.alt', { page, title });
  const src = pages[here - 1];
  if (src === undefined) return <p class="muted">{props.none ?? view.t('sheet.none')}</p>;
  return (
    <figure class="pages">
      <Sheet src={src} alt={altOf(here)} />
      <figcaption>
        <span>{`${view.t('sheet.page', { page: here, pages: pages.length })} · ${props.caption}`}</span>
        <a href={props.file} target="_blank" rel="noopener">
          {view.t('sheet.open')}
        </a>
      </figcaption>
      {pages.length > 1 ? (
        <ol class="thumbs">
          {pages.map((image, at) => (
            <li>
              <a href={props.hrefOf(at + 1)} aria-current={at + 1 === here ? 'true' : undefined}>
                <Sheet src={image} alt={altOf(at + 1)} lazy />
              </a>
            </li>
          ))}
        </ol>
      ) : null}
    </figure>
  );
}
