import type { Context } from 'hono';
import { equalInConstantTime, hmac } from '#base/crypto';
import type { FlashModel } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { forgetCookie, groundOf, keepCookie, readCookie } from './cookies.ts';

const name = 'envoi_said';
const seconds = 60;
const longest = 3000; // browsers keep 4096 bytes of a cookie (RFC 6265bis §5.5)

type Needs = Pick<WebNeeds, 'staffKey' | 'publicUrl'>;

/** Keeps a sentence for the next page that is shown. */
export function keepFlash(needs: Needs, c: Context, flash: FlashModel): void {
  const body = Buffer.from(JSON.stringify(flash)).toString('base64url');
  if (body.length > longest) return;
  const value = `${body}.${signed(needs, body)}`;
  keepCookie(c, groundOf(needs.publicUrl, c), { name, value, maxAge: seconds });
}

/** Takes the sentence that the page before has left, once; null when there is none or somebody else wrote it. */
export function takeFlash(needs: Needs, c: Context): FlashModel | null {
  const ground = groundOf(needs.publicUrl, c);
  const value = readCookie(c, ground, name);
  if (value === undefined) return null;
  forgetCookie(c, ground, name);
  const [body = '', mac = ''] = value.split('.');
  if (!equalInConstantTime(Buffer.from(signed(needs, body)), Buffer.from(mac))) return null;
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as FlashModel;
}

function signed({ staffKey }: Needs, body: string): string {
  return hmac(staffKey, 'flash', body).toString('base64url');
}
