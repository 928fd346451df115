/** The database cannot be used; the message is a sentence for a person, with the next step. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** The step that helps wherever the built-in database cannot run. */
export const askForUrl =
  'Install PostgreSQL 15 or newer and set DATABASE_URL, for example postgres://envoi:secret@localhost/envoi.';
