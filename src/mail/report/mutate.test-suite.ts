/** A source of numbers from 0 to below 1 that gives the same ones for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** No mutated mail is larger: what grows is what is repeated, and a mebibyte of everything is tried in the fuzz tests. */
const maxBytes = 256 * 1024;

/**
 * The `index`-th mutated mail of a seed: one of `mails`, changed one to eight times. The same seed, index and mails give the same
 * bytes, so that a mail that was not read can be made again alone.
 */
export function mutatedMail(mails: readonly Buffer[], seed: number, index: number): Buffer {
  const chance = seeded(Math.imul(seed, 0x9e3779b1) + index);
  const pick = <One>(from: readonly One[]): One => from[Math.floor(chance() * from.length)]!;
  let bytes = pick(mails).subarray(0, maxBytes);
  for (let times = 1 + Math.floor(chance() * 8); times > 0; times -= 1) {
    const mutate = pick(mutations);
    bytes = mutate({ bytes, chance, pick, other: () => pick(mails) }).subarray(0, maxBytes);
  }
  return bytes;
}

interface Mutation {
  readonly bytes: Buffer;
  readonly chance: () => number;
  readonly pick: <One>(from: readonly One[]) => One;
  readonly other: () => Buffer;
}

/** What readers of mail stumble over. */
const morsels: readonly string[] = [
  ...[
    '\0',
    '\r',
    '\n',
    '\r\n\r\n',
    '\n\n',
    '\t',
    ' ',
    '--',
    '=',
    '=?',
    '?=',
    '<',
    '>',
    '@',
    ';',
    ':',
    '"',
    '\\',
    '(',
    ')',
  ],
  ...[
    '\ufeff',
    '\u202e',
    '\ud83d\ude00',
    'é',
    'ı',
    'İ',
    '=?utf-8?B?AAAA?=',
    '=?utf-8?Q?=00=ZZ?=',
    '=?x-unknown?b?%%%?=',
  ],
  ...[
    '--b\r\n',
    '--b--\r\n',
    '\r\n--=_',
    'Content-Type: multipart/mixed; boundary=""\r\n\r\n',
    'boundary="b"',
  ],
  ...[
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n',
    'Content-Type: message/rfc822\r\n\r\n',
  ],
  ...['Content-Type: text/html; charset=utf-7\r\n', 'charset=iso-2022-jp\r\n\x1b$B', 'charset=utf-16le'],
  ...[
    'Content-Transfer-Encoding: base64\r\n\r\n',
    'Content-Transfer-Encoding: quoted-printable\r\n',
    '=\r\n',
    '====',
    '<![CDATA[',
  ],
  ...[
    'Final-Recipient: rfc822;',
    'Action: failed\r\n',
    'Status: 5.1.1\r\n',
    'Diagnostic-Code: smtp; 550 5.1.1 ',
    '5.1.',
    '550-',
  ],
  ...[
    'Message-ID: <a@b>\r\n',
    'References: <<<<',
    'In-Reply-To: ',
    'Date: Thu, 32 Foo 99999 99:99:99 +9999\r\n',
    'until 31.02.',
  ],
  ...[
    'DKIM-Signature: v=1; a=rsa-sha256; d=x; s=y; b=;\r\n',
    "name*0*=utf-8''%",
    'filename="../../x\0"',
    '<a href="',
    '<!--',
    '&#x',
  ],
  ...[
    '>>> RCPT To:<',
    '<<< 550',
    '----- Transcript of session follows -----\n',
    'On Mon x wrote:\n',
    '> '.repeat(40),
  ],
];

type Mutate = (of: Mutation) => Buffer;

const place = ({ bytes, chance }: Mutation): number => Math.floor(chance() * (bytes.length + 1));
/** Most spans are short; one in some is long. */
const span = ({ chance }: Mutation): number => Math.floor(2 ** (chance() * 14));

const mutations: readonly Mutate[] = [
  function changeBytes(of) {
    const changed = Buffer.from(of.bytes);
    for (let times = 1 + Math.floor(of.chance() * 20); times > 0 && changed.length > 0; times -= 1)
      changed[Math.floor(of.chance() * changed.length)] = Math.floor(of.chance() * 256);
    return changed;
  },
  function put(of) {
    const at = place(of);
    return Buffer.concat([of.bytes.subarray(0, at), Buffer.from(of.pick(morsels)), of.bytes.subarray(at)]);
  },
  function putMany(of) {
    const at = place(of);
    const many = Buffer.from(of.pick(morsels).repeat(Math.ceil(span(of) / 4)));
    return Buffer.concat([of.bytes.subarray(0, at), many, of.bytes.subarray(at)]);
  },
  function leaveOut(of) {
    const at = place(of);
    return Buffer.concat([of.bytes.subarray(0, at), of.bytes.subarray(at + span(of))]);
  },
  function repeat(of) {
    const at = place(of);
    const part = of.bytes.subarray(at, at + span(of));
    const times = 1 + Math.floor(of.chance() * 20);
    return Buffer.concat([
      of.bytes.subarray(0, at),
      ...Array.from({ length: times }, () => part),
      of.bytes.subarray(at),
    ]);
  },
  function cut(of) {
    return of.bytes.subarray(0, place(of));
  },
  function graft(of) {
    const other = of.other();
    const from = Math.floor(of.chance() * other.length);
    return Buffer.concat([of.bytes.subarray(0, place(of)), other.subarray(from)]);
  },
  function swapLines(of) {
    const lines = of.bytes.toString('latin1').split('\n');
    const [one, two] = [Math.floor(of.chance() * lines.length), Math.floor(of.chance() * lines.length)];
    [lines[one], lines[two]] = [lines[two] ?? '', lines[one] ?? ''];
    return Buffer.from(lines.join('\n'), 'latin1');
  },
  function otherLineEnds(of) {
    const ends = of.pick(['\n', '\r\n', '\r', '\n\r']);
    return Buffer.from(of.bytes.toString('latin1').replace(/\r?\n/g, ends), 'latin1');
  },
  function asAttachment(of) {
    const type = of.pick([
      'message/rfc822',
      'text/rfc822-headers',
      'message/delivery-status',
      'text/html',
      'text/plain',
    ]);
    const head = `From: a@b.test\r\nContent-Type: multipart/${of.pick(['report', 'mixed', 'alternative'])}; boundary=w\r\n\r\n--w\r\n`;
    return Buffer.concat([
      Buffer.from(`${head}Content-Type: ${type}\r\n\r\n`),
      of.bytes,
      Buffer.from('\r\n--w--\r\n'),
    ]);
  },
];
