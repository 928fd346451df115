import { textDialect } from '../text-dialect.ts';

export const mfilter = textDialect({
  name: 'mfilter',
  source: 'Digital Arts m-FILTER: "-------server message" and "-------SMTP command" below the address',
  when: { says: ['-------server message'] },
});
