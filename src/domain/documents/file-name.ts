const longest = 120;
/** File systems end at 255 bytes; a browser may add " (1)" to a downloaded name. */
const longestBytes = 240;

// Names that Windows keeps for devices, with any extension (Microsoft, "Naming Files, Paths, and Namespaces").
const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/**
 * Makes a name that every file system and mail program takes: what separates folders or is forbidden somewhere becomes `-`,
 * what cannot be seen or turns the reading direction goes away. At most 120 characters, the extension is kept; `fallback`
 * (a safe name) when nothing is left.
 */
export function safeFileName(name: string, fallback: string): string {
  const { stem, extension } = splitName(clean(name));
  const body = trimEnds(stem).replace(deviceName, '$1_');
  if (body === '') return fallback;
  return shorten(body, extension) + extension;
}

function clean(name: string): string {
  return (
    name
      .normalize('NFC')
      .replace(/\p{Surrogate}/gu, '-')
      // Format characters hide or turn text (a reversed "fdp.exe"); emoji need the joiner, file names do not.
      .replace(/[\p{Cf}\p{Co}\p{Cn}]/gu, '')
      .replace(/[\p{Cc}\p{Z}\s]+/gu, ' ')
      .replace(/[<>:"/\\|?*]+/g, '-')
  );
}

function splitName(name: string): { stem: string; extension: string } {
  const found = /^(.*?)(\.[A-Za-z0-9]{1,8})[ .]*$/.exec(name);
  return found ? { stem: found[1] ?? '', extension: found[2] ?? '' } : { stem: name, extension: '' };
}

function trimEnds(text: string): string {
  return text.replace(/^[ .]+|[ .]+$/g, '');
}

function shorten(stem: string, extension: string): string {
  let kept = '';
  for (const character of stem) {
    const next = kept + character;
    if (next.length + extension.length > longest) break;
    if (Buffer.byteLength(next + extension) > longestBytes) break;
    kept = next;
  }
  return kept.replace(/[ .]+$/, '');
}
