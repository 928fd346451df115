import Bowser from 'bowser';

/** A browser in words (`Firefox, Windows`); null when it does not say what it is. */
export function wordAgent(agent: string | null): string | null {
  if (!agent) return null;
  const { browser, os } = Bowser.parse(agent);
  const words = [browser.name, os.name].filter(Boolean);
  return words.length > 0 ? words.join(', ') : null;
}
