/**
 * Tells whether an address leads nowhere but to the machine that asks: `localhost` and names below it (RFC 6761 §6.3),
 * 127.0.0.0/8 and `::1`. Throws on what is no address.
 */
export function isLocalUrl(url: string): boolean {
  const host = new URL(url).hostname.toLowerCase();
  return host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host) || /^(?:.+\.)?localhost\.?$/.test(host);
}
