import { fromBase64, readText } from './bytes.ts';

/** The certificates in a PEM text, as DER; what is none is left out. */
export function readPem(bytes: Uint8Array): Uint8Array[] {
  const found = (readText(bytes) ?? '').matchAll(
    /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g,
  );
  return [...found].flatMap(([, text = '']) => fromBase64(text.replaceAll(/\s/g, '')) ?? []);
}
