import { type Command, printResult } from '../command.ts';

const marks = { good: '  ok ', bad: ' BAD ', unknown: '  ?  ' } as const;

/** Looks at everything around an installation and says what to do. */
export const doctor: Command = {
  name: 'doctor',
  usage: '',
  summary: 'checks database, disk, clock, keys, certificate, DNS, block lists and ports, and says what to do',
  options: {},
  words: [0, 0],
  run: async ({ isJson }, world) => {
    const findings = await world.examine();
    const isWell = findings.every((one) => one.state !== 'bad');
    printResult(
      world,
      isJson,
      { isWell, findings },
      findings.map(({ name, state, sentence }) => `${marks[state]} ${name}: ${sentence}`),
    );
    return isWell ? 0 : 1;
  },
};
