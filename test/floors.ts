import { resolve } from 'node:path';
import { readHouse } from './read-house.ts';

/** Prints each import that breaks the order of the house; exit 1 when there is one. Run by `npm run check`. */
const { modules, violations } = readHouse(resolve(import.meta.dirname, '..'));
for (const { rule, from, to } of violations) console.log(`${rule}: ${from} → ${to}`);
console.log(`${modules} modules, ${violations.length} violations`);
process.exitCode = violations.length > 0 || modules === 0 ? 1 : 0;
