/** How a company's letters look; `brandColor` is `#rrggbb`. */
export interface LetterLook {
  readonly companyName: string;
  /** Lines are joined with commas in the foot. */
  readonly address: string;
  readonly brandColor: string | null;
  /** A picture at a public address, or null: the name is written. */
  readonly logoUrl: string | null;
}

/** The colours of a letter by day and by night, each readable on its ground. */
export interface LetterColors {
  /** Headings and links on white. */
  readonly brand: string;
  /** The button and the line at the top, as the company has it. */
  readonly button: string;
  readonly onButton: string;
  readonly darkBrand: string;
  readonly onDarkBrand: string;
}

const ownGreen = '#1f4a3a';
const white = '#ffffff';
const ink = '#1d1c19';
const nightGround = '#201f1c';
const nightInk = '#0e2219';

/** WCAG 2.2 §1.4.3: 4.5 to 1 for text; a brand colour that is too pale or too dark is moved just as far as needed. */
export function lookColors(brandColor: string | null): LetterColors {
  const button = brandColor && /^#[0-9a-f]{6}$/i.test(brandColor) ? brandColor.toLowerCase() : ownGreen;
  const darkBrand = button === ownGreen ? '#9fcfb9' : towards(button, white, nightGround);
  return {
    brand: towards(button, ink, white),
    button,
    onButton: contrast(button, white) >= 4.5 ? white : contrast(button, ink) >= 4.5 ? ink : '#000000',
    darkBrand,
    onDarkBrand: nightInk,
  };
}

/** Mixes `color` with `other` in steps until it can be read on `ground`. */
function towards(color: string, other: string, ground: string): string {
  for (let share = 0; share < 1; share += 0.1) {
    const mixed = mix(color, other, share);
    if (contrast(mixed, ground) >= 4.5) return mixed;
  }
  return other;
}

function mix(a: string, b: string, shareOfB: number): string {
  const [from, to] = [channels(a), channels(b)];
  const mixed = from.map((value, index) => Math.round(value * (1 - shareOfB) + (to[index] ?? 0) * shareOfB));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance"). */
export function contrast(a: string, b: string): number {
  const [one, two] = [luminance(a), luminance(b)];
  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}
