export { type SmtpIn, type SmtpInNeeds, startSmtpIn } from './smtp-in.ts';
