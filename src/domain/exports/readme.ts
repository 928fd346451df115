/** What a person finds who opens the ZIP. */
export const readme = `Everything that Envoi kept for one company.

manifest.json          what is here: tables with their rows, files, and what was left out and why;
                       each part with its length and SHA-256
tables/NAME-0001.jsonl the rows of a table, one JSON object a line (UTF-8); large tables have several parts
files-0001.jsonl       the list of all files: path, SHA-256, length, and the row that names it;
                       "path": null is a file that is named and could not be read
documents/             documents as they were given in, and their PDF and XML where these are files of their own
attachments/           files that were attached to e-mails
mails/                 e-mails exactly as they were sent, by the id of the message
returned-mails/        e-mails that came back: answers, reports
received/              documents that came through the network
files/                 everything else that a row names: kept pages with their pictures, logos, receipts

Times are ISO 8601 in UTC, days YYYY-MM-DD, amounts text with a decimal point, bytes base64.
Passwords, keys and codes are not here. The rows of "events" with their "disclosures" are the history of everything:
"hash" is the SHA-256 of "raw", and "raw" names the hash of the event before it in its chain.
`;
