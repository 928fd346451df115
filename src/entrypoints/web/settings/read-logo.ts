import sharp from 'sharp';

const largestFile = 5 * 2 ** 20;
const largestSide = 400; // sharp at twice the 40 px of mails, and wide enough for long names on the portal
const mostPixels = 40_000_000; // a small file can claim to be gigantic

export type ReadLogo =
  | { readonly ok: true; readonly png: Buffer }
  | { readonly ok: false; readonly reason: 'logo_too_big' | 'logo_unreadable' };

/**
 * Makes a clean PNG of at most 400 × 400 px from an uploaded PNG, JPEG, WebP or GIF: drawn anew, so that nothing of the
 * file but its picture lives on. Refuses what is no such picture, and more than 5 MB or 40 megapixels.
 */
export async function readLogo(bytes: Uint8Array): Promise<ReadLogo> {
  if (bytes.length > largestFile) return { ok: false, reason: 'logo_too_big' };
  try {
    const image = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' });
    const { format } = await image.metadata();
    if (!['png', 'jpeg', 'webp', 'gif'].includes(format ?? ''))
      return { ok: false, reason: 'logo_unreadable' };
    const png = await image
      .autoOrient()
      .resize({ width: largestSide, height: largestSide, fit: 'inside', withoutEnlargement: true })
      .png({ compressionLevel: 9, palette: true })
      .toBuffer();
    return { ok: true, png };
  } catch {
    return { ok: false, reason: 'logo_unreadable' };
  }
}
