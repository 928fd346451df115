import { at } from './sample-documents.ts';
import type { SingleSignOnModel } from './settings-single-sign-on.tsx';

export const singleSignOnModel: SingleSignOnModel = {
  values: {
    issuer: 'https://login.vautrin.example/realms/staff',
    clientId: 'envoi',
    newcomerRole: 'member',
    isRequired: true,
  },
  isSetUp: true,
  lastUsedAt: at('2026-11-19', '08:58'),
  returnAddress: 'https://envoi.example/sign-in/with/com_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B/back',
  link: 'https://envoi.example/sign-in/with/com_01KA6Q0E5M3F5Z8S2VQ7XJ9T4B',
  domains: ['vautrin.example'],
  errors: {},
};
