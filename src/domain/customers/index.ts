export {
  type CustomerChanged,
  type CustomerRefused,
  changeContact,
  changeCustomer,
  createCustomer,
  putContact,
  removeContact,
} from './change-customer.ts';
export { completeAddress } from './complete-address.ts';
export {
  type AddressProposal,
  type ContactTables,
  selectContactsByAddress as getContactsByAddress,
  touchContacts as markContactsUsed,
} from './contact-table.ts';
export { type Corrected, correctContactAddress } from './correct-contact-address.ts';
export {
  type Consent,
  type Contact,
  type ContactRole,
  type Customer,
  contactRoles,
  nameKey,
} from './customer.ts';
export type { MatchedDocument } from './customer-for-document.ts';
export {
  type CustomerTables,
  selectCategories as customerCategories,
  selectCustomer as getCustomer,
  selectCustomers as getCustomers,
} from './customer-table.ts';
export {
  type CustomerStores,
  changeDocumentWithCustomer,
  type EditWithCustomer,
  receiveDocumentWithCustomer,
  replaceDocumentWithCustomer,
  saveDocumentWithCustomer,
  saveVersionWithCustomer,
} from './documents-with-customer.ts';
export { findCustomer } from './find-customer.ts';
export type { CustomerProblem, GivenContact, GivenCustomer } from './given-customer.ts';
export { type CustomersImported, type ImportLine, importCustomers } from './import-customers.ts';
export { type CustomerList, listCustomers } from './list-customers.ts';
export {
  type DuplicateProposal,
  duplicateProposals,
  type Merged,
  mergeCustomers,
} from './merge-customers.ts';
export { pauseCustomerReminders } from './pause-reminders.ts';
export { chooseRecipients, type Recipients, recipientsFor } from './recipients.ts';
export { refuseTracking } from './refuse-tracking.ts';
export { consentsOf, type Remembered, rememberRecipients } from './remember-recipients.ts';
export {
  type NewSuppression,
  type Suppressed,
  suppressAddress,
  suppressByRule,
  unsuppressAddress,
} from './suppress-address.ts';
export type {
  Suppression,
  SuppressionOrigin,
  SuppressionReason,
} from './suppression.ts';
export {
  countSuppressions,
  type SuppressionPage,
  type SuppressionTables,
  selectSuppression as getSuppression,
  selectSuppressions as listSuppressions,
  suppressionsOf,
} from './suppression-table.ts';
