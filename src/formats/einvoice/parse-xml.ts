import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { decodeXml } from './decode-xml.ts';

/** An element with its name resolved: `namespace` is the URI, whatever prefix the file uses; `text` is its own character data. */
export type XmlElement = {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
};

export type ParsedXml =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly reason: 'broken_xml' | 'unsafe_xml' | 'too_big' };

/** The largest real invoices have some 50,000 elements; each costs a few hundred bytes here. */
const maxTags = 1_000_000;
/** The formats nest less than 20 deep. */
const maxDepth = 64;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: maxDepth,
});

/** Parses well-formed XML without a document type into a tree. Refuses a DOCTYPE as unsafe, whatever it holds: no invoice needs one. */
export function parseXml(bytes: Uint8Array): ParsedXml {
  const text = decodeXml(bytes);
  if (text === null) return { ok: false, reason: 'broken_xml' };
  const prolog = readProlog(text);
  if (prolog !== 'root') return { ok: false, reason: prolog };
  if (countTags(text) > 2 * maxTags) return { ok: false, reason: 'too_big' };
  try {
    if (XMLValidator.validate(text) !== true) return { ok: false, reason: 'broken_xml' };
    const roots = elementsOf(parser.parse(text) as ParsedNode[], new Map());
    const root = roots[0];
    return root && roots.length === 1 ? { ok: true, root } : { ok: false, reason: 'broken_xml' };
  } catch {
    return { ok: false, reason: 'broken_xml' };
  }
}

/** Walks over declaration, comments and instructions to what comes first: the root element or a document type. */
function readProlog(text: string): 'root' | 'unsafe_xml' | 'broken_xml' {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (;;) {
    while (/\s/.test(text.charAt(at))) at += 1;
    const end = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : null;
    if (!end) break;
    const found = text.indexOf(end, at + 2);
    if (found < 0) return 'broken_xml';
    at = found + end.length;
  }
  if (/^<!DOCTYPE/i.test(text.slice(at, at + 9))) return 'unsafe_xml';
  return /^<[\p{L}_:]/u.test(text.slice(at, at + 3)) ? 'root' : 'broken_xml';
}

function countTags(text: string): number {
  let count = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) count += 1;
  return count;
}

/** What fast-xml-parser returns in document order: one key with the children, ':@' with the attributes. */
type ParsedNode = { readonly [key: string]: unknown };

function elementsOf(nodes: readonly ParsedNode[], scope: ReadonlyMap<string, string>): XmlElement[] {
  return nodes.flatMap((node) => {
    const qualified = Object.keys(node).find((key) => key !== ':@');
    if (qualified === undefined || qualified.startsWith('#')) return [];
    const attributes = (node[':@'] ?? {}) as Record<string, string>;
    const inner = withDeclarations(scope, attributes);
    const { prefix, name } = splitName(qualified);
    const namespace = inner.get(prefix) ?? '';
    if (prefix !== '' && namespace === '') throw new Error('a prefix without a namespace');
    const content = node[qualified] as ParsedNode[];
    return [
      {
        name,
        namespace,
        attributes: Object.fromEntries(
          Object.entries(attributes).map(([key, value]) => [key, decodeEntities(value)]),
        ),
        children: elementsOf(content, inner),
        text: content.map(textOf).join(''),
      },
    ];
  });
}

function withDeclarations(
  scope: ReadonlyMap<string, string>,
  attributes: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const declarations = Object.entries(attributes).filter(
    ([key]) => key === 'xmlns' || key.startsWith('xmlns:'),
  );
  if (declarations.length === 0) return scope;
  return new Map([
    ...scope,
    ...declarations.map(([key, uri]) => [key.slice(6), decodeEntities(uri)] as const),
  ]);
}

function splitName(qualified: string): { prefix: string; name: string } {
  const colon = qualified.indexOf(':');
  return { prefix: qualified.slice(0, Math.max(colon, 0)), name: qualified.slice(colon + 1) };
}

function textOf(node: ParsedNode): string {
  if (typeof node['#text'] === 'string') return decodeEntities(node['#text']);
  const sections = node['#cdata'];
  return Array.isArray(sections) ? sections.map((section) => String(section['#text'] ?? '')).join('') : '';
}

const namedEntities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Only what XML itself knows (§4.6) and numbers; any other entity cannot exist without a document type. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([^;\s&]{0,40}));?/g,
    (whole, decimal, hex, name) => {
      const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null;
      const character =
        code === null ? namedEntities[name] : code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
      if (character === undefined || !whole.endsWith(';')) throw new Error('an unknown entity');
      return character;
    },
  );
}
