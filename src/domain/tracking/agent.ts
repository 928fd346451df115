/** Names that say more than the browser that they pretend to be, and then the browsers; the first that fits is taken. */
const families: readonly (readonly [RegExp, string])[] = [
  [/GoogleImageProxy/, 'Gmail image proxy'],
  [/YahooMailProxy/, 'Yahoo image proxy'],
  [/Edge\/12\.246 Mozilla/, 'Gmail prefetch'],
  [/^Mozilla\/5\.0$/, 'Apple Mail privacy'],
  [/Thunderbird\/(\d+)/, 'Thunderbird'],
  [/Outlook-iOS|Outlook-Android/, 'Outlook mobile'],
  [/Microsoft Outlook (\d+)/, 'Outlook'],
  [/HeadlessChrome\/(\d+)/, 'Chrome without screen'],
  [/SamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/OPR\/(\d+)/, 'Opera'],
  [/Edg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/(?:Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/Version\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari/, 'Safari'],
  [/iPhone|iPad|Macintosh.+AppleWebKit/, 'Apple Mail'],
];

/** The part of a user agent that is kept: family and main version, at most 40 characters; null when it says nothing. */
export function agentFamily(userAgent: string): string | null {
  for (const [pattern, name] of families) {
    const found = pattern.exec(userAgent);
    if (found) return found[1] ? `${name} ${found[1].slice(0, 4)}` : name;
  }
  const product = /^[A-Za-z][\w .-]{0,30}(?:\/\d{1,4})?/.exec(userAgent);
  return product ? product[0].trim().replace('/', ' ') : null;
}
