/** A text, a number, nothing, or a time as the reader's clock shows it (`YYYY-MM-DDTHH:MM:SS`). */
export type Cell = string | number | null | { readonly clock: string };

export interface Column {
  readonly title: string;
  /** In characters, about. */
  readonly width: number;
}

export interface SheetTable {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Rows in pieces, as they are read. */
  readonly rows: AsyncIterable<readonly (readonly Cell[])[]>;
}
