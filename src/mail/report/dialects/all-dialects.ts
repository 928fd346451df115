import type { Dialect } from '../dialect.ts';
import { amazonSes } from './amazon-ses.ts';
import { domino } from './domino.ts';
import { dragonfly } from './dragonfly.ts';
import { errorList } from './error-list.ts';
import { exchange2003 } from './exchange2003.ts';
import { exchange2007 } from './exchange2007.ts';
import { exim } from './exim.ts';
import { ezweb } from './ezweb.ts';
import { fml } from './fml.ts';
import { gmail } from './gmail.ts';
import { googleGroups } from './google-groups.ts';
import { imail } from './imail.ts';
import { kddi } from './kddi.ts';
import { mailMarshal } from './mail-marshal.ts';
import { messagingServer } from './messaging-server.ts';
import { mfilter } from './mfilter.ts';
import { notes } from './notes.ts';
import { opensmtpd } from './opensmtpd.ts';
import { plainText } from './plain-text.ts';
import { postfixText } from './postfix-text.ts';
import { qmail } from './qmail.ts';
import { rfc3464 } from './rfc3464.ts';
import { sendmailOld } from './sendmail-old.ts';
import { trendMicro } from './trend-micro.ts';
import { verizon } from './verizon.ts';
import { yahoo } from './yahoo.ts';

/** Tried in this order: the standard, those with marks that nobody else bears, the wide ones, and the last resort. */
export const allDialects: readonly Dialect[] = [
  rfc3464,
  amazonSes,
  googleGroups,
  gmail,
  fml,
  ezweb,
  kddi,
  verizon,
  yahoo,
  dragonfly,
  opensmtpd,
  messagingServer,
  mfilter,
  mailMarshal,
  trendMicro,
  errorList,
  notes,
  domino,
  exchange2003,
  exchange2007,
  imail,
  postfixText,
  sendmailOld,
  exim,
  qmail,
  plainText,
];
