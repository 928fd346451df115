import type { Config } from '#config';
import { redirectUriOf } from '#domain/senders';
import type { Finding } from './finding.ts';

/** Whether senders at Google and Microsoft can be connected, and the address that has to be registered there. */
export function lookAtProviders(config: Pick<Config, 'google' | 'microsoft' | 'publicUrl'>): Finding[] {
  return (['google', 'microsoft'] as const).map((provider) => {
    const uri = redirectUriOf(config.publicUrl, provider);
    const isReachable = uri.startsWith('https:') || new URL(uri).hostname === 'localhost';
    const variable = `ENVOI_${provider.toUpperCase()}_CLIENT_ID`;
    if (!config[provider])
      return finding(
        provider,
        'unknown',
        `Accounts cannot be connected: ${variable} is not set. The redirect URI to register is ${uri}; docs/google-and-microsoft.md says how.`,
      );
    return isReachable
      ? finding(provider, 'good', `Accounts can be connected; the redirect URI there must be ${uri}.`)
      : finding(
          provider,
          'bad',
          `The provider takes no redirect URI without https: set PUBLIC_URL (now ${uri}).`,
        );
  });
}

function finding(name: string, state: Finding['state'], sentence: string): Finding {
  return { name, state, sentence };
}
