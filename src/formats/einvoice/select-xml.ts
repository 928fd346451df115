import type { XmlElement } from './parse-xml.ts';

/** Keeps only elements of the namespaces that belong to a format, so that extensions and signatures are never taken for facts. */
export function keepNamespaces(root: XmlElement, belongs: (namespace: string) => boolean): XmlElement {
  const children = root.children.filter((child) => belongs(child.namespace));
  return { ...root, children: children.map((child) => keepNamespaces(child, belongs)) };
}

/** All elements reached by going down the names in turn. */
export function all(from: XmlElement | null, ...names: readonly string[]): XmlElement[] {
  let found = from ? [from] : [];
  for (const name of names) {
    found = found.flatMap((element) => element.children.filter((child) => child.name === name));
  }
  return found;
}

/** The first of them in document order, or null. */
export function first(from: XmlElement | null, ...names: readonly string[]): XmlElement | null {
  return all(from, ...names)[0] ?? null;
}

/** The text of the first of them, with line breaks as spaces and the ends trimmed; null when absent or empty. */
export function textAt(from: XmlElement | null, ...names: readonly string[]): string | null {
  return (
    all(from, ...names)
      .map(lineOf)
      .find((text) => text !== null) ?? null
  );
}

/** An element's text on one line (each line break or tab a space, as in xs:normalizedString), null when empty. */
export function lineOf(element: XmlElement): string | null {
  return (
    element.text
      .replace(/\r\n|[\r\n\t]/g, ' ')
      .trim()
      .slice(0, 2000) || null
  );
}

/** An element's text with its line breaks and without indentation, null when empty. */
export function paragraphOf(element: XmlElement): string | null {
  const lines = element.text.split(/\r\n?|\n/).map((line) => line.replace(/\s+/g, ' ').trim());
  return (
    lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
      .slice(0, 10_000) || null
  );
}
