import { benchExport } from './export.ts';
import { benchHits } from './hits.ts';
import { benchLists } from './lists.ts';
import { benchMutate } from './mutate.ts';
import { benchSend } from './send.ts';
import { benchRun } from './send-run.ts';
import { benchVerify } from './verify.ts';
import { benchWorkers } from './workers.ts';

const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  send: (args) => (args.includes('--documents') ? benchRun(args) : benchSend(args)),
  workers: benchWorkers,
  hits: benchHits,
  lists: benchLists,
  export: benchExport,
  mutate: benchMutate,
  verify: benchVerify,
};

const [name = '', ...args] = process.argv.slice(2);
const bench = benches[name];
if (!bench) {
  console.error(`npm run bench -- ${Object.keys(benches).join(' | ')}`);
  process.exit(2);
}
await bench(args);
process.exit(0);
