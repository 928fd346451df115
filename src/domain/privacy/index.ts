export { type Erased, erasePerson } from './erase-person.ts';
export { type PersonRecord, personRecord } from './person-record.ts';
