import { type Command, printResult, refused } from '../command.ts';

/** What companies of the installation are found by, and what they only say of themselves. */
export const showNetwork: Command = {
  name: 'network',
  usage: '',
  summary: 'shows which companies are listed in the network, and the VAT ids that wait for your confirmation',
  options: {},
  words: [0, 0],
  run: async ({ isJson }, world) => {
    const { standingsOfAll } = await import('#domain/network');
    const { asWorker } = await import('#stores/database');
    const installation = await world.open();
    try {
      const all = await asWorker(installation.database, standingsOfAll);
      const lines = all.map(({ companyId, company, listedAt, names, unconfirmedVatId }) =>
        [
          `${companyId}  ${company}  ${listedAt ? 'listed' : 'not listed'}`,
          ...names.map(({ name, proof }) => `  ${name} (${proof})`),
          ...(unconfirmedVatId ? [`  vat:${unconfirmedVatId} NOT CONFIRMED`] : []),
        ].join('\n'),
      );
      printResult(world, isJson, { companies: all }, lines.length > 0 ? lines : ['No companies.']);
      return 0;
    } finally {
      await installation.close();
    }
  },
};

const sentences = {
  no_company: 'There is no such company. See: envoi network',
  not_a_vat_id: 'This cannot be a VAT id.',
  not_its_vat_id: 'The company states another VAT id, or none, in its settings. It has to state it first.',
  taken: 'This VAT id was confirmed for another company. Withdraw that first, if it was wrong.',
  not_confirmed: 'This VAT id is not confirmed for any company.',
} as const;

/** The operator vouches that a VAT id is a company's. */
export const confirmVat: Command = {
  name: 'network confirm',
  usage: 'COMPANY VATID [--note TEXT]',
  summary: 'confirms that a VAT id is a company’s, so that others find it by it; look at a register first',
  options: { note: { type: 'string' } },
  words: [2, 2],
  run: async ({ words: [companyId = '', vatId = ''], given, isJson }, world) => {
    const { confirmVatId } = await import('#domain/network');
    const { asWorker } = await import('#stores/database');
    const installation = await world.open();
    try {
      const asked = { companyId, vatId, note: typeof given['note'] === 'string' ? given['note'] : '' };
      const done = await asWorker(installation.database, (tx) => confirmVatId(tx, asked, world.clock()));
      if (!done.ok) return refused(world, sentences[done.reason]);
      printResult(world, isJson, { companyId, vatId: done.vatId }, [
        `${done.vatId} is confirmed for ${companyId}. Who is listed is found by it.`,
      ]);
      return 0;
    } finally {
      await installation.close();
    }
  },
};

/** The operator takes it back. */
export const withdrawVat: Command = {
  name: 'network withdraw',
  usage: 'VATID',
  summary: 'takes the confirmation of a VAT id back: nobody is found by it any more',
  options: {},
  words: [1, 1],
  run: async ({ words: [vatId = ''], isJson }, world) => {
    const { withdrawVatId } = await import('#domain/network');
    const { asWorker } = await import('#stores/database');
    const installation = await world.open();
    try {
      const done = await asWorker(installation.database, (tx) => withdrawVatId(tx, vatId, world.clock()));
      if (!done.ok) return refused(world, sentences[done.reason]);
      printResult(world, isJson, { vatId: done.vatId }, [`${done.vatId} is not confirmed any more.`]);
      return 0;
    } finally {
      await installation.close();
    }
  },
};
