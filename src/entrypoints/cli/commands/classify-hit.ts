import { readFile } from 'node:fs/promises';
import { type Command, misused, refused, textOf } from '../command.ts';

/** Prints who or what a hit on the portal or pixel was; needs no data. */
export const classifyHit: Command = {
  name: 'classify-hit',
  usage: `--hit '{"path","method","userAgent","ip","secondsSinceDelivery"}' [--rules FILE]`,
  summary: 'prints who or what opened a link or the pixel, and why, as JSON',
  options: { hit: { type: 'string' }, rules: { type: 'string' } },
  words: [0, 0],
  run: async ({ given }, world) => {
    const text = textOf(given, 'hit');
    if (text === undefined)
      return misused(world, `Name the hit: envoi ${classifyHit.name} ${classifyHit.usage}`);
    const { describeHit } = await import('#domain/tracking');
    const rules = await readRules(textOf(given, 'rules') ?? world.hitRules());
    if (!rules.ok) return refused(world, rules.why);
    const parsed = parseJson(text);
    if (!parsed.ok) return misused(world, `The hit is no JSON: ${parsed.why}`);
    const described = describeHit(parsed.value, world.clock(), rules.ruleset);
    if (!described.ok) return misused(world, `The hit cannot be read:\n${described.problem}`);
    world.print(JSON.stringify(described.hit, null, 2));
    return 0;
  },
};

/** The operator's file when there is one: it can be tried out here before it is put in force. */
async function readRules(path: string | null) {
  const { readRuleset, shippedRuleset } = await import('#domain/tracking');
  if (path === null) return { ok: true, ruleset: shippedRuleset } as const;
  try {
    return { ok: true, ruleset: readRuleset(await readFile(path, 'utf8')) } as const;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, why: `The rules in ${path} cannot be used: ${why}` } as const;
  }
}

function parseJson(text: string): { ok: true; value: unknown } | { ok: false; why: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}
