import { readMobile } from '#base/phone';
import { type Command, printResult } from '../command.ts';
import { Unusable } from '../world.ts';

/** Hands a test message to the gateway of ENVOI_SMS_URL. */
export const testTextMessage: Command = {
  name: 'test-text-message',
  usage: 'NUMBER',
  summary: 'sends a test to a mobile phone, by the gateway that codes of deliveries take (ENVOI_SMS_URL)',
  options: {},
  words: [1, 1],
  run: async (typed, world) => {
    const mobile = readMobile(typed.words[0] ?? '');
    if (!mobile)
      throw new Unusable('This is no number of a mobile phone with its country’s code: +32 475 12 34 56.');
    const host = await world.sendTestText(mobile);
    const line = `${host} has taken the message. Look whether it arrives.`;
    printResult(world, typed.isJson, { host, taken: true }, [line]);
    return 0;
  },
};
