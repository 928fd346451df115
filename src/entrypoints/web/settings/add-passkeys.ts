import type { Context } from 'hono';
import {
  addPasskey,
  askNewPasskey,
  fullName,
  listPasskeys,
  passkeySite,
  removePasskey,
} from '#domain/accounts';
import { type Errors, paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import type { PasskeysModel } from '../screens/settings-passkeys.tsx';
import type { StaffApp, StaffEnv } from '../staff/env.ts';
import { answerProblem, seeOther } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { wrong } from '../staff/wording.ts';

type C = Context<StaffEnv>;

const longestAnswer = 20_000; // characters; a key's answer has some 1,500

/** Keys on a person's own devices: made, and taken away. `show` answers with the whole page. */
export function addPasskeys(
  app: StaffApp,
  needs: WebNeeds,
  show: (c: C, errors: Errors) => Promise<Response>,
): void {
  const site = passkeySite(needs.publicUrl);
  app.post(paths.settingsPasskeyAsk, async (c) => {
    if (!site) return answerProblem(c, 'not_found');
    const { user } = c.var.session;
    const asked = { id: user.id, email: user.email, name: fullName(user) || user.email };
    return c.json(await askNewPasskey(needs.database, site, asked, needs.clock()));
  });
  app.post(paths.settingsPasskeys, async (c) => {
    if (!site) return answerProblem(c, 'not_found');
    const form = await readForm(c);
    const { view, session } = c.var;
    const answer = readAnswer(form.text('answer'));
    const input = { userId: session.user.id, name: form.text('keyName'), answer };
    const added = await addPasskey(needs.database, site, input, needs.clock());
    if (!added.ok) return show(c, { '': wrong(view, added.reason) });
    return back(needs, c, 'passkeys.added');
  });
  app.post('/settings/profile/passkeys/:id/remove', async (c) => {
    const id = c.req.param('id');
    const done = await removePasskey(needs.database, c.var.session.user.id, id, needs.clock());
    return done ? back(needs, c, 'passkeys.removed') : answerProblem(c, 'not_found');
  });
}

/** What a browser sent as a device's answer; null when it is none. The domain checks all of it. */
export function readAnswer(text: string): unknown {
  try {
    return text.length > longestAnswer ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

export async function passkeysModel(needs: WebNeeds, userId: string, errors: Errors): Promise<PasskeysModel> {
  return {
    keys: await listPasskeys(needs.database, userId),
    isPossible: passkeySite(needs.publicUrl) !== null,
    errors,
  };
}

function back(needs: WebNeeds, c: C, said: 'passkeys.added' | 'passkeys.removed'): Response {
  const text = c.var.view.t(said);
  return seeOther(needs, c, `${paths.settingsProfile}#passkeys`, { state: 'opened', text });
}
