import { askReset } from '#domain/accounts';
import type { Assets } from '../assets/bundle.ts';
import { paths } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';
import { ForgottenScreen } from '../screens/forgotten.tsx';
import { isSameVisit } from '../staff/csrf.ts';
import type { StaffApp } from '../staff/env.ts';
import { visitorView } from '../staff/make-view.ts';
import { page } from '../staff/page.tsx';
import { readForm } from '../staff/read-form.ts';
import { staffTexts } from '../texts/index.ts';
import { mailAccount } from './account-mail.ts';

const longestAddress = 320; // RFC 5321 §4.5.3.1: 64 octets before the @, 255 after it

/** For who has forgotten the password: a link by mail. The page says the same for every address, so that nobody learns who has an account. */
export function addForgotten(app: StaffApp, needs: WebNeeds, assets: Assets): void {
  app.use(paths.forgotten, async (c, next) => {
    c.set('view', visitorView(needs, assets, c));
    return next();
  });
  app.get(paths.forgotten, (c) =>
    page(c, <ForgottenScreen view={c.var.view} model={{ isSent: false, errors: {} }} />),
  );
  app.post(paths.forgotten, async (c) => {
    const { view } = c.var;
    const email = (await readForm(c)).text('email').trim();
    if (!(await isSameVisit(needs, c))) {
      const errors = { '': view.t('signIn.stale') };
      return page(c, <ForgottenScreen view={view} model={{ isSent: false, errors }} />, 403);
    }
    // Not waited for: the time of the answer must not tell whether there is such an account.
    if (email.length <= longestAddress)
      mailReset(needs, email).catch((error: unknown) =>
        needs.log.error({ err: error }, 'a new password could not be offered'),
      );
    return page(c, <ForgottenScreen view={view} model={{ isSent: true, errors: {} }} />);
  });
}

async function mailReset(needs: WebNeeds, email: string): Promise<void> {
  const asked = await askReset(needs.database, email, needs.clock());
  if (!asked) return;
  const { user, companyId, token } = asked;
  const t = staffTexts(user.language);
  await mailAccount(needs, {
    companyId,
    address: user.email,
    language: user.language,
    subject: t('accountMail.reset.subject'),
    sentences: [t('accountMail.reset.text'), t('accountMail.ignore')],
    link: { text: t('accountMail.reset.link'), url: `${needs.publicUrl}${paths.join}?token=${token}` },
  });
}
