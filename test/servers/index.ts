export { makeAuthority, makeSelfSigned, type TestAuthority, type TestCertificate } from './certificate.ts';
export { type PoliteOptions, type PoliteServer, startPolite } from './polite.ts';
export { type Postfix, type PostfixOptions, type StoredMail, startPostfix } from './postfix.ts';
export type { ReceivedMail } from './received-mail.ts';
export { type RudeServer, startRudeServer } from './rude.ts';
export { type RudeCase, rudeCases } from './rude-cases.ts';
export { greylisting, type RudeMoment, type RudeOptions, type RudeRule } from './rude-script.ts';
export { type Sink, type SinkOptions, startSink } from './sink.ts';
export { type SinkProcess, startSinkProcess } from './sink-process.ts';
