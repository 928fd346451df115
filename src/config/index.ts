export { describeConfig } from './describe-config.ts';
export { environment } from './environment.ts';
export { type Config, type LoadedConfig, loadConfig, type Setup } from './load-config.ts';
export { makeDataFolder, placeSecretKey, readSecretKey, UnusableKey } from './secret-key.ts';
export { readTlsCertificate, type TlsCertificate } from './tls-certificate.ts';
export type { Role } from './variables.ts';
