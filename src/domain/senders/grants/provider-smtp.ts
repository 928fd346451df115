import type { SmtpOptions, SmtpProblem } from '#mail/smtp';
import type { SmtpDeps } from '../smtp-access.ts';
import { type Provider, submissionPlace } from './provider.ts';

/** How to hand mail in with an access token. The result holds the token: it goes to `#mail/smtp` and nowhere else. */
export function providerSmtp(
  { helloName, smtp }: Pick<SmtpDeps, 'helloName' | 'smtp'>,
  provider: Provider,
  who: { readonly account: string; readonly token: string },
): SmtpOptions {
  const { host, port, security } = submissionPlace(provider, who.account);
  // The server is the operator's word, not that of whoever adds a sender: nobody can be sent elsewhere with a token.
  return {
    ...smtp,
    host,
    port,
    security,
    helloName,
    auth: { user: who.account, secret: who.token, methods: ['XOAUTH2'] },
  };
}

/** Whether the server refused the token itself, so that another one may do. */
export function wasTokenRefused(problem: SmtpProblem | null | undefined): boolean {
  return problem === 'token_refused';
}
