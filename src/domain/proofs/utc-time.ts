/** `2026-11-27 08:00:00 UTC`: the same in every language, and the zone stands with it. */
export function utcTime(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
