/** A4 in points, with the margins that we set. */
export const page = { width: 595.28, height: 841.89, left: 56, right: 539.28, top: 56, bottom: 770 } as const;

export const ink = { text: '#1c1c1a', quiet: '#6f6d68', line: '#dcd9d2', strong: '#8a877f' } as const;
