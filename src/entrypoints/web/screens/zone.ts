/** The city in a time zone's name, for people: `Europe/Brussels` → "Brussels". */
export function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
