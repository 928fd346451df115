import type { Context } from 'hono';
import { isLanguage, type Language, negotiateLanguage } from '#base/language';

/** The language asked for in the address (`?lang=fr`), else the mail's, else the browser's. */
export function visitorLanguage(c: Context, ofMail?: string): Language {
  const asked = c.req.query('lang');
  if (asked && isLanguage(asked)) return asked;
  if (ofMail && isLanguage(ofMail)) return ofMail;
  return negotiateLanguage(c.req.header('accept-language'), 'en');
}
