import { type Given, textOf } from '../command.ts';
import type { World } from '../world.ts';

/** The running installation that a command talks to, by what was typed, else the one of this folder; a sentence where one cannot be told. */
export async function targetOf(
  given: Given,
  world: World,
): Promise<{ readonly url: string; readonly key: string } | { readonly sentence: string }> {
  const running = await world.running();
  const url = textOf(given, 'api') ?? running.url;
  const key = textOf(given, 'key') ?? running.key;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    return { sentence: `--api must be the address of an installation, for example http://localhost:3000.` };
  if (!key)
    return { sentence: 'An API key is needed: --key KEY. Make one with "envoi api-key create --name send".' };
  return { url, key };
}
