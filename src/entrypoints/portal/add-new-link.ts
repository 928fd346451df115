import type { Context, Hono } from 'hono';
import { hour, pause } from '#base/time';
import { namedMessage } from '#domain/tracking';
import { makeAskLimit } from './ask-limit.ts';
import { setPageHeaders } from './headers.ts';
import { renderSaid } from './plain-pages.tsx';
import type { Portal } from './portal-deps.ts';
import { openToken } from './read-page.ts';
import { visitorLanguage } from './visitor-language.ts';
import { wordingIn } from './wording.ts';

// A mailbox must not be filled by whoever holds an old link; a company behind one address may ask for several people.
const perMessage = 3;
const perClient = 20;
const sameTimeMs = 60;

/** "Send me a new link": to the mailbox that the old one went to, whoever asks; the answer is the same for invented links. */
export function addNewLink(app: Hono, deps: Portal): void {
  const ofMessage = makeAskLimit(perMessage, hour);
  const ofClient = makeAskLimit(perClient, hour);
  app.post('/d/:token/renew', async (c) => {
    const now = deps.clock();
    const token = c.req.param('token') ?? '';
    if (!ofClient.mayAsk(deps.clientIp(c), now) || !ofMessage.mayAsk(namedMessage(token), now))
      return say(deps, c, 'many', 429);
    const [opened] = await Promise.all([openToken(deps, token), pause(sameTimeMs)]);
    if (opened.kind === 'closed' && opened.ours) {
      // Not waited for: the time of the answer must not tell whether there was something to send.
      const { messageId } = opened.ours;
      deps
        .sendNewLink(messageId)
        .catch((error: unknown) => deps.log.error({ err: error, messageId }, 'a new link could not be sent'));
    }
    return say(deps, c, 'sent', 200);
  });
}

async function say(deps: Portal, c: Context, what: 'sent' | 'many', status: 200 | 429): Promise<Response> {
  setPageHeaders(deps, c);
  const path = `/d/${encodeURIComponent((c.req.param('token') ?? '').slice(0, 100))}`;
  return c.html(await renderSaid(wordingIn(visitorLanguage(c)), path, what), status);
}
