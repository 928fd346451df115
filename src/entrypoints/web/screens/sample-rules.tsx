import type { View } from '../kit/index.ts';
import { at } from './sample-documents.ts';
import { CalendarScreen } from './settings-calendar.tsx';
import { RuleFormScreen } from './settings-rule-form.tsx';
import { RulesScreen } from './settings-rules.tsx';
import type { RuleFormModel, RuleModel } from './settings-rules-model.ts';

const rule = (change: Partial<RuleModel>): RuleModel => ({
  id: 'srl_1',
  name: 'Invoices of wholesalers',
  isActive: true,
  kinds: ['invoice', 'credit_note'],
  customers: [],
  categories: ['Wholesale'],
  sources: ['api', 'folder'],
  sender: null,
  waitMinutes: 15,
  officeHours: true,
  by: 'Claire Vautrin',
  at: at('2026-11-02', '10:30'),
  trial: null,
  ...change,
});

const documents = [
  { value: 'doc_1', text: '2026-0147 · Restaurant L’Étoile SRL' },
  { value: 'doc_2', text: 'Q-12 · Boulangerie Martin' },
];

const form: RuleFormModel = {
  id: 'srl_1',
  values: {
    name: 'Invoices of wholesalers',
    kinds: ['invoice'],
    customers: 'Restaurant L’Étoile SRL',
    categories: 'Wholesale, Horeca',
    sources: ['api'],
    senderId: '',
    waitMinutes: '15',
    officeHours: true,
  },
  senders: [{ value: 'snd_1', text: 'Vautrin Joinery <invoices@vautrin.example>' }],
  errors: {},
};

const calendar = (view: View, mayChange: boolean) => (
  <CalendarScreen
    view={view}
    model={{
      avoids: true,
      country: 'CH',
      region: 'ZH',
      countries: [
        { value: 'BE', text: 'Belgium' },
        { value: 'CH', text: 'Switzerland' },
      ],
      regions: [
        { value: 'TI', text: 'Canton Ticino' },
        { value: 'ZH', text: 'Kanton Zürich' },
      ],
      year: 2026,
      days: [
        { day: '2026-01-01', name: 'New Year’s Day', from: 'public', isFree: true },
        { day: '2026-05-14', name: 'Ascension Day', from: 'public', isFree: false },
        { day: '2026-08-01', name: 'Swiss National Day', from: 'public', isFree: true },
        { day: '2026-12-24', name: 'Closed between the years, all of us', from: 'own', isFree: true },
      ],
      mayChange,
      typed: { day: '', name: '' },
      errors: mayChange ? { day: view.t('calendar.wrong.not_a_date') } : {},
    }}
  />
);

/** Documents that are sent by rule as they arrive: the list with tests that went well and badly, none yet, and the form. */
export const rulePages = {
  '/settings/rules': (view: View) => (
    <RulesScreen
      view={view}
      model={{
        documents,
        rules: [
          rule({
            trial: {
              documentId: 'doc_1',
              isGood: true,
              head: null,
              reasons: [],
              would: view.t('rules.test.would', {
                to: 'compta@letoile.example',
                from: 'invoices@vautrin.example',
                because: view.t('rules.test.builtIn'),
                template: view.t('rules.test.builtIn'),
                language: 'fr',
                subject: 'Facture 2026-0147',
              }),
            },
          }),
          rule({
            id: 'srl_2',
            name: 'A rule with a very long name for one customer who wants everything at once',
            isActive: false,
            kinds: [],
            customers: ['Restaurant L’Étoile SRL'],
            categories: [],
            waitMinutes: 0,
            officeHours: false,
            trial: {
              documentId: 'doc_2',
              isGood: false,
              head: view.t('rules.test.not'),
              reasons: [view.t('rules.why.other_kind')],
              would: null,
            },
          }),
        ],
      }}
    />
  ),
  '/settings/calendar': (view: View) => calendar(view, true),
  '/settings/calendar?seen': (view: View) => calendar(view, false),
  '/settings/rules?none': (view: View) => <RulesScreen view={view} model={{ documents: [], rules: [] }} />,
  '/settings/rules/new': (view: View) => (
    <RuleFormScreen
      view={view}
      model={{
        ...form,
        id: null,
        errors: { name: view.t('wrong.required'), sources: view.t('wrong.required') },
      }}
    />
  ),
  '/settings/rules/srl_1': (view: View) => <RuleFormScreen view={view} model={form} />,
};
