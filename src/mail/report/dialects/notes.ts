import { textDialect } from '../text-dialect.ts';

export const notes = textDialect({
  name: 'notes',
  source: 'Lotus Notes SMTP gateway: "Failure Reasons" above the addresses',
  when: { says: ['failure reasons'] },
  after: ['failure reasons'],
  reason: 'before',
  otherwise: 'returned_to',
});
