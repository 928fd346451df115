import { textDialect } from '../text-dialect.ts';

/** Headings of the part for administrators, in the languages that Exchange speaks to Europe. */
const forAdministrators = [
  'diagnostic information for administrators',
  'diagnoseinformationen für administratoren',
  'informations de diagnostic pour les administrateurs',
  'informations de diagnostic destinées aux administrateurs',
  'información de diagnóstico para administradores',
  'informazioni di diagnostica per gli amministratori',
  'diagnostische gegevens voor beheerders',
  'informações de diagnóstico para administradores',
];

export const exchange2007 = textDialect({
  name: 'exchange2007',
  source:
    'learn.microsoft.com: NDRs of Exchange 2007 to Exchange Online; generating server, address, #status#',
  when: {
    says: [
      ...forAdministrators,
      'generating server:',
      'generierender server:',
      'serveur de génération',
      'servidor generador:',
      'server di generazione:',
      'delivery has failed to these recipients',
      "your message couldn't be delivered",
      "your message wasn't delivered",
      'fehler bei der nachrichtenzustellung an folgende empfänger',
      'échec de la remise à ces destinataires',
      'error de entrega a estos destinatarios',
      'recapito non riuscito per i seguenti destinatari',
    ],
  },
  after: forAdministrators,
  until: ['original message headers', 'ursprüngliche nachrichtenkopfzeilen', 'en-têtes de message d'],
  otherwise: 'returned_to',
});
