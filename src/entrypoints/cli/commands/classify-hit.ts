import { type Command, misused, textOf } from '../command.ts';

/** Prints who or what a hit on the portal or pixel was; needs no data. */
export const classifyHit: Command = {
  name: 'classify-hit',
  usage: `--hit '{"path","method","userAgent","ip","secondsSinceDelivery"}'`,
  summary: 'prints who or what opened a link or the pixel, and why, as JSON',
  options: { hit: { type: 'string' } },
  words: [0, 0],
  run: async ({ given }, world) => {
    const text = textOf(given, 'hit');
    if (text === undefined)
      return misused(world, `Name the hit: envoi ${classifyHit.name} ${classifyHit.usage}`);
    const { describeHit } = await import('#domain/tracking');
    const parsed = parseJson(text);
    if (!parsed.ok) return misused(world, `The hit is no JSON: ${parsed.why}`);
    const described = describeHit(parsed.value, world.clock());
    if (!described.ok) return misused(world, `The hit cannot be read:\n${described.problem}`);
    world.print(JSON.stringify(described.hit, null, 2));
    return 0;
  },
};

function parseJson(text: string): { ok: true; value: unknown } | { ok: false; why: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}
