import { type Command, counted, printResult } from '../command.ts';

/** Works out anew what lists and totals show. */
export const rebuildOverview: Command = {
  name: 'rebuild-overview',
  usage: '',
  summary: 'works out anew what lists and totals show, from the documents and their events',
  options: {},
  words: [0, 0],
  run: async ({ isJson }, world) => {
    const overview = await import('#domain/overview');
    const { listCompanyIds } = await import('#domain/accounts');
    const { asWorker } = await import('#stores/database');
    const installation = await world.open();
    const { database } = installation;
    try {
      const companyIds = await asWorker(database, listCompanyIds);
      const documents = await overview.rebuildOverview(database, companyIds);
      const companies = companyIds.length;
      printResult(world, isJson, { companies, documents }, [
        `Worked out anew: ${counted(documents, 'document')} of ${counted(companies, 'company', 'companies')}.`,
      ]);
      return 0;
    } finally {
      await installation.close();
    }
  },
};
