import { withoutAddresses } from '../addresses.ts';
import type { FailureClass } from '../report.ts';
import { contentWordings } from './content-refused.ts';
import { domainWordings } from './domain-unknown.ts';
import { limitWordings } from './limit-wordings.ts';
import { disabledWordings } from './mailbox-disabled.ts';
import { unknownWordings } from './mailbox-unknown.ts';
import { senderWordings } from './sender-refused.ts';
import { firstWordings, rateWordings } from './transport-clear.ts';
import { vagueTransport } from './transport-vague.ts';
import { vagueRefusals } from './vague-refusals.ts';
import type { Wording } from './wording.ts';

type Compiled = readonly { readonly class: FailureClass; readonly pieces: readonly string[] }[];

const compile = (wordings: readonly Wording[]): Compiled =>
  wordings.flatMap(({ class: found, says }) =>
    says.map((text) => ({ class: found, pieces: text.split(/ ?… ?/) })),
  );

/** The first that fits wins, so the narrow stand before the wide: whose fault it is before what it is called. */
const clear = compile([
  ...firstWordings,
  ...limitWordings,
  ...senderWordings,
  ...disabledWordings,
  ...domainWordings,
  ...unknownWordings,
  ...contentWordings,
  ...rateWordings,
]);
const vague = compile([...vagueTransport, ...vagueRefusals]);

/**
 * The class that a server's words mean, or undefined when they are none of the known ones. Vague words ("rejected",
 * "timeout") say less than a precise status code does, so they are asked for apart.
 */
export function classOfWords(words: string, strength: 'clear' | 'vague'): FailureClass | undefined {
  const plain = plainWords(words);
  if (plain === '') return undefined;
  return (strength === 'clear' ? clear : vague).find(({ pieces }) => contains(plain, pieces))?.class;
}

/** What has nothing to do with the reason goes: addresses and paths of links hold words like "blocked" by chance. */
export function plainWords(words: string): string {
  return withoutAddresses(words.slice(0, 2000))
    .toLowerCase()
    .replace(/[\u2018\u2019`´]/g, "'")
    .replace(/\bhttps?:\/\/([^\s/?#<>"']{1,100})[^\s<>"']{0,500}/g, '$1')
    .replace(/\b[245]\d\d-(?:[245]\.\d{1,3}\.\d{1,3}\b)?/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const gap = 80;

/** Are the pieces there, in this order, with at most `gap` characters between one and the next? */
function contains(text: string, pieces: readonly string[]): boolean {
  const [first = '', ...others] = pieces;
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    let end = at + first.length;
    const fits = others.every((piece) => {
      const next = text.indexOf(piece, end);
      if (next < 0 || next - end > gap) return false;
      end = next + piece.length;
      return true;
    });
    if (fits) return true;
  }
  return false;
}
