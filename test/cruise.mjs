import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';
import rules from '../.dependency-cruiser.mjs';
import { floors } from '../floors.mjs';

/**
 * Reads the imports of the house (or of the copy named by the first argument) and prints, as JSON, what imports what and which imports
 * break the rules. Runs without tsx, which swc's visitor does not bear.
 */

// dependency-cruiser 17 reads TypeScript 7 projects through swc, but does not tell swc that a .tsx file holds JSX.
const swc = createRequire(import.meta.url)('@swc/core');
const parseFileSync = swc.parseFileSync;
swc.parseFileSync = (path, options) => parseFileSync(path, { ...options, tsx: path.endsWith('.tsx') });

const baseDir = resolve(process.argv[2] ?? resolve(import.meta.dirname, '..'));
const { output } = await cruise(['src'], { ...rules.options, baseDir, validate: true, ruleSet: rules });
const imports = output.modules.flatMap(({ source, dependencies }) =>
  dependencies.map(({ resolved }) => ({ from: source, to: resolved })),
);
const violations = output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
// dependency-cruiser's rules are about imports; a file that imports nothing has to stand on a floor all the same.
for (const { source } of output.modules) {
  const hasFloor = floors.some((floor) => source === floor || source.startsWith(`${floor}/`));
  if (source.startsWith('src/') && !hasFloor) {
    violations.push({ rule: 'every-folder-has-a-floor', from: source, to: 'floors.mjs' });
  }
}
process.stdout.write(JSON.stringify({ modules: output.summary.totalCruised, imports, violations }));
