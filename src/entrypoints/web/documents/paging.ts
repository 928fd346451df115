import { withQuery } from '../kit/index.ts';

/** A place in a list that is sorted by newest first. */
export interface ListPlace {
  readonly createdAt: Date;
  readonly id: string;
}

const mostPages = 40; // an address stays under 2,000 characters; who goes further back than this searches

/**
 * The pages that one came through, oldest place last: the address holds them all, so that "newer" leads back the same way.
 * A cursor that is not ours begins anew.
 */
export function readTrail(cursor: string | undefined): ListPlace[] {
  const places = (cursor ?? '').split('~').flatMap((part) => {
    const [, time, id] = /^([0-9a-z]{1,11})\.([a-z]{3}_[0-9A-Z]{26})$/.exec(part) ?? [];
    const at = new Date(Number.parseInt(time ?? '', 36));
    return id && !Number.isNaN(at.getTime()) ? [{ createdAt: at, id }] : [];
  });
  return places.slice(-mostPages);
}

/** Addresses of the pages before and after; `last` is the last row's place when there are more rows, else null. */
export function pagerLinks(
  path: string,
  trail: readonly ListPlace[],
  last: ListPlace | null,
): { readonly newer: string | null; readonly older: string | null } {
  const to = (places: readonly ListPlace[]): string =>
    withQuery(path, { cursor: places.length > 0 ? places.map(write).join('~') : null });
  return {
    newer: trail.length > 0 ? to(trail.slice(0, -1)) : null,
    older: last ? to([...trail, last].slice(-mostPages)) : null,
  };
}

function write({ createdAt, id }: ListPlace): string {
  return `${createdAt.getTime().toString(36)}.${id}`;
}
