/** The text of a document in lines, each of cells that stood apart on the page. */
export type PageText = readonly (readonly string[])[];

/** Proposals come from the head and the sums; more lines than this are lists of goods. */
const maxLines = 4000;
const maxCellLength = 300;

/** Splits a PDF's text, as `inspectPdf` lays it out (a tab between columns), into lines and cells. */
export function splitText(text: string): PageText {
  const lines = text.normalize('NFC').split('\n');
  const kept =
    lines.length > maxLines ? [...lines.slice(0, maxLines / 2), ...lines.slice(-maxLines / 2)] : lines;
  return kept
    .map((line) => line.split('\t').map((cell) => cell.trim().slice(0, maxCellLength)))
    .map((cells) => cells.filter((cell) => cell !== ''))
    .filter((cells) => cells.length > 0);
}

/** A value that was found; one below its label is less sure, as it may stand in a table of goods. */
export type Found<Value> = { readonly value: Value; readonly isBelow: boolean };

/**
 * Finds the values of a label: behind it in its cell, in the cells to the right, or below it when the label has its cell
 * for itself. `read` takes a piece of text and returns what it is after, or null.
 */
export function valuesOf<Value>(
  page: PageText,
  label: RegExp,
  read: (text: string) => Value | null,
): Found<Value>[] {
  return page.flatMap((cells, line) =>
    cells.flatMap((cell, at): Found<Value>[] => {
      const match = label.exec(cell);
      if (!match) return [];
      const rest = cell.slice(match.index + match[0].length).replace(/^[\s:.#°º–-]+/, '');
      const isAlone = !/[\p{L}\d]{2}/u.test(rest);
      const beside = [rest, ...(rest.length < 30 ? cells.slice(at + 1) : [])]
        .map(read)
        .find((found) => found !== null);
      if (beside !== undefined && beside !== null) return [{ value: beside, isBelow: false }];
      const under = isAlone ? below(page, line, at).map(read)[0] : null;
      return under === undefined || under === null ? [] : [{ value: under, isBelow: true }];
    }),
  );
}

/** The cell below in a table's column; where the next line has fewer cells, its only one. */
function below(page: PageText, line: number, at: number): string[] {
  const next = page[line + 1] ?? [];
  const cell = next.length === page[line]!.length ? next[at] : next.length === 1 ? next[0] : undefined;
  return cell === undefined ? [] : [cell];
}
