export type Typed = { readonly name: string | null; readonly address: string; readonly text: string };

/**
 * Splits what was typed or pasted into addresses: by `,` `;` and line ends, but not inside quotes or angle brackets, so that
 * `"Peeters, Els" <els@peeters.example>; shop@peeters.example` is two. Also takes a column pasted from a table.
 */
export function splitAddresses(text: string): Typed[] {
  const parts: string[] = [];
  let part = '';
  let isQuoted = false;
  let isAngled = false;
  let isEscaped = false;
  for (const letter of text) {
    if (isEscaped) isEscaped = false;
    else if (letter === '\\' && isQuoted) isEscaped = true;
    else if (letter === '"') isQuoted = !isQuoted;
    else if (letter === '<' && !isQuoted) isAngled = true;
    else if (letter === '>' && !isQuoted) isAngled = false;
    if (/[,;\n\r\t]/.test(letter) && !isQuoted && !isAngled) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  return [...parts, part]
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map(readAddress);
}

/** Good enough to show a tick while one types; the server reads the same text by the rules of RFC 5321 and has the last word. */
export function looksRight(address: string): boolean {
  if (address.length > 254) return false;
  return (
    /^[^\s@,;<>()"]{1,64}@(?:[^\s@,;<>()".]+\.)+[^\s@,;<>()".]{2,63}$/u.test(address) ||
    /^[^\s@,;<>()"]+@localhost$/.test(address)
  );
}

function readAddress(text: string): Typed {
  const [, name, address] = /^(.*?)\s*<([^<>]*)>$/s.exec(text) ?? [];
  if (address === undefined) return { name: null, address: text, text };
  const [, quoted] = /^"(.*)"$/s.exec(name ?? '') ?? [];
  const plain = (quoted === undefined ? (name ?? '') : quoted.replace(/\\(.)/gs, '$1')).trim();
  return { name: plain === '' ? null : plain, address: address.trim(), text };
}
