/** Extensions that mail providers refuse because they run (Google, "File types blocked in Gmail", support.google.com/mail/answer/6590). */
const runnable = new Set(
  (
    'ade adp apk appx appxbundle bat cab chm cmd com cpl diagcab diagcfg diagpkg dll dmg ex ex_ exe hta img ins iso isp ' +
    'jar jnlp js jse lib lnk mde mjs msc msi msix msixbundle msp mst nsh pif ps1 scr sct shb sys vb vbe vbs vhd vxd wsc ' +
    'wsf wsh xll'
  ).split(' '),
);

type Signature = { readonly starts: string; readonly mediaType: string };

// First bytes in hexadecimal; https://www.iana.org/assignments/media-types and each format's own specification.
const signatures: readonly Signature[] = [
  { starts: '255044462d', mediaType: 'application/pdf' },
  { starts: '89504e470d0a1a0a', mediaType: 'image/png' },
  { starts: 'ffd8ff', mediaType: 'image/jpeg' },
  { starts: '474946383961', mediaType: 'image/gif' },
  { starts: '474946383761', mediaType: 'image/gif' },
  { starts: '49492a00', mediaType: 'image/tiff' },
  { starts: '4d4d002a', mediaType: 'image/tiff' },
  { starts: '504b0304', mediaType: 'application/zip' },
  { starts: 'd0cf11e0a1b11ae1', mediaType: 'application/x-ole-storage' },
];

/** MZ, ELF and Mach-O: programs, whatever their name says. */
const programs = ['4d5a', '7f454c46', 'cffaedfe', 'cefaedfe', 'cafebabe'];

/** Formats that are a ZIP or an OLE file inside: the name decides, but only between these. */
const containers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'application/zip': {
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    odt: 'application/vnd.oasis.opendocument.text',
    ods: 'application/vnd.oasis.opendocument.spreadsheet',
    asice: 'application/vnd.etsi.asic-e+zip',
  },
  'application/x-ole-storage': {
    doc: 'application/msword',
    xls: 'application/vnd.ms-excel',
    ppt: 'application/vnd.ms-powerpoint',
  },
};

const texts: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  csv: 'text/csv',
  xml: 'application/xml',
  ics: 'text/calendar',
  vcf: 'text/vcard',
  json: 'application/json',
};

/**
 * The media type that the bytes bear out, the name only choosing within it; `application/octet-stream` for everything else,
 * HTML and SVG too, so that no browser ever runs it. Null for programs, which mail servers throw away.
 */
export function safeMediaType(fileName: string, bytes: Uint8Array): string | null {
  const extension = /\.([A-Za-z0-9_]{1,12})$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 16)).toString('hex');
  if (runnable.has(extension) || programs.some((start) => head.startsWith(start))) return null;
  if (head.startsWith('52494646') && head.slice(16, 24) === '57454250') return 'image/webp';
  const found = signatures.find(({ starts }) => head.startsWith(starts))?.mediaType;
  if (found) return containers[found]?.[extension] ?? plainContainer(found);
  return texts[extension] && isText(bytes) ? texts[extension] : 'application/octet-stream';
}

function plainContainer(mediaType: string): string {
  return mediaType === 'application/x-ole-storage' ? 'application/octet-stream' : mediaType;
}

function isText(bytes: Uint8Array): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\0');
  } catch {
    return false;
  }
}
