/** A refusal as the other server hears it: reply code (RFC 5321 §4.2), enhanced status (RFC 3463) and words for its log. */
export class Refused extends Error {
  readonly responseCode: number;
  constructor(code: number, enhanced: string, words: string) {
    super(`${enhanced} ${words}`);
    this.responseCode = code;
  }
}

export const refusals = {
  unknownAddress: () => new Refused(550, '5.1.1', 'No mail was sent from here with that return path'),
  noRelay: () => new Refused(550, '5.7.1', 'This server takes reports and answers to its own mails only'),
  notOurs: () => new Refused(550, '5.1.1', 'This is not about a mail that was sent from here'),
  tooBig: () => new Refused(552, '5.3.4', 'The mail is too big'),
  looping: () => new Refused(554, '5.4.6', 'This mail goes in a circle'),
  tooManyRefusals: () => new Refused(421, '4.7.0', 'Too many wrong addresses'),
  tooManyClients: () => new Refused(421, '4.7.0', 'Too many connections from your address'),
  busy: () => new Refused(452, '4.3.1', 'Too much mail at once, come again'),
  full: () => new Refused(452, '4.3.1', 'No room for mail at the moment'),
  broken: () => new Refused(451, '4.3.0', 'It could not be stored, come again'),
} as const;
