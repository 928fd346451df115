import { readTlsCertificate } from '#config';
import { checkMachine, type HostFinding } from '#domain/senders';
import type { Installation } from './installation.ts';

/** How this machine looks to others: names, addresses, certificate, proxies. For the operator's page and `check-host`. */
export async function lookAtMachine({
  config,
  senders,
  clock,
}: Pick<Installation, 'config' | 'senders' | 'clock'>): Promise<HostFinding[]> {
  const now = clock();
  const pem = await readTlsCertificate(config, now).then(
    ({ cert }) => cert,
    () => null,
  );
  const { trustedProxies, publicUrl } = config;
  const certificate = pem === null ? null : { pem, isOwn: config.tls === null };
  return checkMachine(senders.ownDns(), { host: senders.host, certificate, trustedProxies, publicUrl }, now);
}
