import { readTlsCertificate } from '#config';
import { type SubmissionServer, startSubmission } from '#entrypoints/submission';
import type { Installation } from './installation.ts';

/** An attached file grows by a third on its way, and a mail carries several. */
const maxBytes = 35 * 2 ** 20;

/**
 * Starts the submission server and says where it is. When its port is taken, the rest runs without it, and that is said; null then.
 */
export async function startSubmissionServer(
  installation: Installation,
  say: (sentence: string) => void,
): Promise<SubmissionServer | null> {
  const { config, clock, log } = installation;
  const { host, submissionPort: port, submissionTlsPort: tlsPort } = config;
  const tls = await readTlsCertificate(config, clock());
  try {
    const server = await startSubmission(
      { ...installation, tls, maxBytes, name: config.mailHost },
      { host, port, tlsPort },
    );
    say(
      `Other programs can send through ${host}, port ${server.port} (STARTTLS) or ${server.tlsPort} (TLS); logins are made in the settings.`,
    );
    return server;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    log.error({ err: error }, 'the submission server has no port');
    say(
      `Other programs cannot send through this process: port ${port} or ${tlsPort} is ${code === 'EACCES' ? 'not allowed' : 'taken'}. Set ENVOI_SUBMISSION_PORT and ENVOI_SUBMISSION_TLS_PORT to free ones.`,
    );
    return null;
  }
}
