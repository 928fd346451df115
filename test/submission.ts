import { createTransport } from 'nodemailer';
import { addSubmissionLogin, type LoginRules } from '#domain/accounts';
import { getDispatches } from '#domain/dispatch';
import { startSubmission } from '#entrypoints/submission';
import { inCompany } from '#stores/database';
import { makeSelfSigned } from '../src/config/self-signed.ts';
import { testInstallation } from './installation.ts';

const usual: LoginRules = { tracking: 'full', attach: true, link: true, ownText: true };

/** A submission server for a company, with a login that everything is sent by. */
export async function testSubmission() {
  const installation = await testInstallation();
  const { database, companyId, author } = installation;
  const tls = await makeSelfSigned('mail.vautrin.example', new Date());
  const needs = { ...installation, tls, maxBytes: 400_000, name: 'mail.vautrin.example' };
  const server = await startSubmission(needs, { host: '127.0.0.1', port: 0, tlsPort: 0 });
  const addLogin = (rules: Partial<LoginRules> = {}) =>
    inCompany(database, companyId, (tx) =>
      addSubmissionLogin(
        tx,
        { companyId, userId: author.user.id, name: 'Invoicing', actor: 'user', ...usual, ...rules },
        new Date(),
      ),
    );
  const { login, password } = await addLogin();
  return {
    installation,
    needs,
    server,
    addLogin,
    user: login.username,
    password,
    client: (over: object = {}) =>
      createTransport({
        host: '127.0.0.1',
        port: server.port,
        requireTLS: true,
        tls: { rejectUnauthorized: false },
        auth: { user: login.username, pass: password },
        ...over,
      }),
    dispatches: () =>
      inCompany(database, companyId, (tx) => getDispatches(tx, companyId, { before: null, limit: 200 })),
    close: async () => {
      await server.close();
      await installation.close();
    },
  };
}
