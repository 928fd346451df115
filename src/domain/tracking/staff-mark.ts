import { hkdfSync } from 'node:crypto';
import { equalInConstantTime, hmac } from '#base/crypto';

/** The name of the cookie that signing in sets on the portal's host. */
export const staffCookie = 'envoi_staff';

const longest = 2000;

/** Derives the key of staff marks from the installation's secret key (RFC 5869). */
export function deriveStaffKey(secretKey: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, new Uint8Array(0), 'envoi staff mark 1', 32));
}

/** The value of the cookie for somebody who works for these companies, good until `until`. */
export function makeStaffMark(key: Uint8Array, companyIds: readonly string[], until: Date): string {
  const body = `${companyIds.join('.')}~${until.getTime().toString(36)}`;
  return `${body}~${authenticator(key, body)}`;
}

/**
 * The companies whose staff brought this cookie; none when it is absent, not ours or over. At another company's page the same
 * person is a customer.
 */
export function readStaffMark(key: Uint8Array, value: string | undefined, now: Date): readonly string[] {
  if (!value || value.length > longest) return [];
  const [companies = '', until = '', mac = ''] = value.split('~');
  const expected = Buffer.from(authenticator(key, `${companies}~${until}`));
  if (!equalInConstantTime(expected, Buffer.from(mac))) return [];
  return Number.parseInt(until, 36) > now.getTime() ? companies.split('.') : [];
}

function authenticator(key: Uint8Array, body: string): string {
  return hmac(key, 'staff', body).subarray(0, 24).toString('base64url');
}
