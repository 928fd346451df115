type Rgb = readonly [number, number, number];

// The papers of the portal's two themes, on which the company's colour also stands as text (assets/roles.css).
const lightPapers: readonly Rgb[] = [
  [252, 251, 248],
  [245, 243, 237],
  [255, 255, 255],
];
const darkPapers: readonly Rgb[] = [
  [24, 23, 21],
  [31, 30, 27],
  [38, 36, 33],
];
const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];
const nearBlack: Rgb = [17, 20, 19];
const enough = 4.5; // WCAG 2.2 §1.4.3, level AA
const calm = 6.5; // on dark paper a colour at 4.5 still looks dull

export interface BrandColors {
  readonly light: string;
  readonly onLight: string;
  readonly dark: string;
  readonly onDark: string;
}

/**
 * A company's colour (`#rrggbb`) as the portal uses it: moved towards black for the light theme and towards white for the dark one
 * until it reaches 4.5:1 on every paper, with the colour of text on it, which does so too.
 */
export function brandColors(color: string): BrandColors {
  const own = read(color);
  const light = moveUntilReadable(own, black, lightPapers, enough);
  const dark = moveUntilReadable(own, white, darkPapers, calm);
  return {
    light: write(light),
    onLight: write(textOn(light)),
    dark: write(dark),
    onDark: write(textOn(dark)),
  };
}

/** The stylesheet for a colour: external, so that the pages need no inline style. */
export function brandSheet(color: string): string {
  const { light, onLight, dark, onDark } = brandColors(color);
  return `:root{--brand:light-dark(${light},${dark});--on-brand:light-dark(${onLight},${onDark})}`;
}

/** The contrast of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio). */
export function contrast(a: string, b: string): number {
  return contrastOf(read(a), read(b));
}

/** Raises or lowers the lightness alone, so that a green stays a green (CSS Color 4 §7, HSL). */
function moveUntilReadable(color: Rgb, towards: Rgb, papers: readonly Rgb[], ratio: number): Rgb {
  const { hue, saturation, lightness } = toHsl(color);
  const end = towards === white ? 1 : 0;
  for (let share = 0; share < 1; share += 0.02) {
    const moved = fromHsl(hue, saturation, lightness + (end - lightness) * share);
    if (papers.every((paper) => contrastOf(moved, paper) >= ratio)) return moved;
  }
  return towards;
}

function textOn(fill: Rgb): Rgb {
  return contrastOf(white, fill) >= enough ? white : nearBlack;
}

function contrastOf(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: Rgb): number {
  const [r, g, b] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function toHsl([r, g, b]: Rgb) {
  const [high, low] = [Math.max(r, g, b) / 255, Math.min(r, g, b) / 255];
  const lightness = (high + low) / 2;
  const spread = high - low;
  if (spread === 0) return { hue: 0, saturation: 0, lightness };
  const [x, y, z] = [r, g, b].map((part) => part / 255) as [number, number, number];
  const hue =
    high === x ? ((y - z) / spread + 6) % 6 : high === y ? (z - x) / spread + 2 : (x - y) / spread + 4;
  return { hue: hue * 60, saturation: spread / (1 - Math.abs(2 * lightness - 1)), lightness };
}

function fromHsl(hue: number, saturation: number, lightness: number): Rgb {
  const part = (n: number): number => {
    const k = (n + hue / 30) % 12;
    const reach = saturation * Math.min(lightness, 1 - lightness);
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4)];
}

function read(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function write(color: Rgb): string {
  return `#${color.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
