import { createHmac, randomBytes } from 'node:crypto';

/** Plays the server's part of AUTH: returns the reply to each line of the client. */
export interface AuthExchange {
  /** Next reply; `user` is set when it is a success. */
  next(line: string): { readonly reply: string; readonly user: string | null; readonly done: boolean };
}

const refused = { reply: '535 5.7.8 Authentication credentials invalid', user: null, done: true };
const malformed = { reply: '501 5.5.2 Cannot decode', user: null, done: true };

/** Begins an exchange for PLAIN, LOGIN, CRAM-MD5 or XOAUTH2, against a table of users and their secrets. */
export function beginAuth(users: Readonly<Record<string, string>>): AuthExchange {
  let step: ((line: string) => ReturnType<AuthExchange['next']>) | null = null;
  const accept = (user: string, secret: string) =>
    user in users && users[user] === secret ? { reply: '235 2.7.0 Welcome', user, done: true } : refused;
  const ask = (reply: string, then: NonNullable<typeof step>) => {
    step = then;
    return { reply, user: null, done: false };
  };
  const plain = (line: string) => {
    const [, user, secret] = decode(line).split('\0');
    return user === undefined || secret === undefined ? malformed : accept(user, secret);
  };
  const login = (user: string) => ask(`334 ${encode('Password:')}`, (line) => accept(user, decode(line)));
  const cram = () => {
    const challenge = `<${randomBytes(8).toString('hex')}@test.invalid>`;
    return ask(`334 ${encode(challenge)}`, (line) => {
      const [user = '', digest] = decode(line).split(' ');
      const expected = createHmac('md5', users[user] ?? '')
        .update(challenge)
        .digest('hex');
      return digest === expected ? accept(user, users[user] ?? '') : refused;
    });
  };
  const xoauth2 = (line: string) => {
    const [user = '', bearer = ''] = decode(line).split('\u0001');
    const answer = accept(user.replace(/^user=/, ''), bearer.replace(/^auth=Bearer /, ''));
    if (answer.user !== null) return answer;
    const status = encode('{"status":"401","schemes":"bearer"}');
    return ask(`334 ${status}`, (empty) => (empty === '' ? refused : malformed));
  };
  const begin = (line: string) => {
    const [, method = '', initial] = line.split(' ');
    if (/^plain$/i.test(method)) return initial ? plain(initial) : ask('334 ', plain);
    if (/^xoauth2$/i.test(method)) return initial ? xoauth2(initial) : ask('334 ', xoauth2);
    if (/^cram-md5$/i.test(method)) return cram();
    if (/^login$/i.test(method)) return ask(`334 ${encode('Username:')}`, (name) => login(decode(name)));
    return { reply: '504 5.5.4 Unrecognized authentication type', user: null, done: true };
  };
  return { next: (line) => (step ?? begin)(line) };
}

const encode = (text: string): string => Buffer.from(text).toString('base64');
const decode = (text: string): string => Buffer.from(text, 'base64').toString();
