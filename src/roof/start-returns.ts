import { readTlsCertificate } from '#config';
import { type SmtpIn, startSmtpIn } from '#entrypoints/smtp-in';
import type { Installation } from './installation.ts';

/**
 * Starts the SMTP server for mails that come back. Without a platform domain nothing can be addressed to it from outside, and it
 * listens where the screens do. A port that is taken ends a process that has nothing else to do; others say it and go on.
 */
export async function startReturns(
  installation: Installation,
  say: (sentence: string) => void,
): Promise<SmtpIn | null> {
  const { config, clock } = installation;
  try {
    const started = await startSmtpIn({
      ...installation,
      port: config.smtpInPort,
      host: config.platformDomain === 'localhost' ? config.host : null,
      name: config.mailHost,
      ownDomains: [...new Set([config.platformDomain, `bounce.${config.platformDomain}`, config.mailHost])],
      tls: await readTlsCertificate(config, clock()),
    });
    say(`Mails that come back are taken on port ${started.port}.`);
    return started;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (config.roles.size === 1 || (code !== 'EADDRINUSE' && code !== 'EACCES')) throw error;
    const why = code === 'EADDRINUSE' ? 'is taken by another program' : 'may not be used by this user';
    say(
      `Mails that come back are not taken: port ${config.smtpInPort} ${why}. Set ENVOI_SMTP_IN_PORT to another one.`,
    );
    return null;
  }
}
