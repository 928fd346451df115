import { variables } from './variables.ts';

/** docs/config.md: every variable with its meaning and default. */
export function describeConfig(): string {
  const rows = Object.entries(variables.shape).map(([name, schema]) => {
    const { description = '', shown } = schema.meta() ?? {};
    return `| \`${name}\` | ${description.replaceAll('|', '\\|')} | ${typeof shown === 'string' ? shown : defaultOf(name)} |`;
  });
  return [
    '# Configuration',
    '',
    'Envoi is configured by environment variables; with none it runs in the sandbox, on this machine only. An empty variable counts as',
    'absent. This page is made from `src/config/variables.ts` by `npm run docs`.',
    '',
    '| variable | meaning | default |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** What an empty environment gives; variables without a default have none. */
function defaultOf(name: string): string {
  const value = Object.entries(variables.parse({})).find(([key]) => key === name)?.[1];
  return value === undefined ? '–' : `\`${String(value)}\``;
}
