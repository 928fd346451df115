/**
 * The order of the house, ground first. A folder may import only from folders above it in this list
 * (earlier = lower floor). test/floors.test.ts and dependency-cruiser hold the code to it, and the drawing in
 * ARCHITECTURE.md is made from the code.
 */
export const floors = [
  'src/base/ids',
  'src/base/time',
  'src/base/log',
  'src/base/crypto',
  'src/base/language',
  'src/base/confine',
  'src/mail/address',
  'src/mail/mime',
  'src/mail/smtp',
  'src/formats/pdf',
  'src/formats/einvoice',
  'src/stores/database',
  'src/stores/files',
  'src/domain/evidence',
  'src/domain/accounts',
  'src/domain/documents',
  'src/domain/customers',
  'src/domain/senders',
  'src/domain/templates',
  'src/domain/tracking',
  'src/domain/transports',
  'src/domain/outbox',
  'src/domain/dispatch',
  'src/domain/notices',
  'src/domain/overview',
  'src/config',
  'src/entrypoints/api',
  'src/entrypoints/web',
  'src/entrypoints/portal',
  'src/entrypoints/worker',
  'src/entrypoints/cli',
  'src/main.ts',
];
