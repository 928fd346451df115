import { z } from 'zod';
import {
  addressOrRange,
  base64Key,
  clientWord,
  endpointList,
  fileMegabytes,
  hostName,
  httpUrl,
  ipAddress,
  listOf,
  nameServer,
  onlyOrigin,
  postgresUrl,
  s3Url,
  smtpUrl,
  tcpPort,
  textBody,
} from './values.ts';

const defaultPort = 3000;
const [smtpInPort, submissionPort, submissionTlsPort, smtpPort] = [2525, 2587, 2465, 25];

/** Parts of the program that a process can run. */
export const roleNames = ['web', 'worker', 'smtp'] as const;
export type Role = (typeof roleNames)[number];

/** Every variable that Envoi reads, with its meaning; docs/config.md is made from this. `shown` says the default in words. */
export const variables = z.object({
  PORT: tcpPort.default(defaultPort).meta({ description: 'port of web, API and portal' }),
  HOST: z
    .string()
    .default('127.0.0.1')
    .meta({ description: 'address that web, API and portal listen on; `0.0.0.0` for all' }),
  PUBLIC_URL: onlyOrigin
    .optional()
    .meta({ description: 'how staff reach it', shown: '`http://localhost:$PORT`' }),
  ENVOI_PORTAL_URL: onlyOrigin
    .optional()
    .meta({ description: 'how customers reach the portal and the pixel', shown: '`PUBLIC_URL`' }),
  ENVOI_DATA_DIR: z
    .string()
    .default('./data')
    .meta({ description: 'folder of the built-in database, files and keys' }),
  DATABASE_URL: postgresUrl
    .optional()
    .meta({ description: 'PostgreSQL 15 or newer instead of the built-in database', shown: 'built-in' }),
  ENVOI_FILES_URL: s3Url.optional().meta({
    description:
      '`s3://bucket/prefix?endpoint=…&region=…`: files there instead of in the data folder; without `endpoint` at Amazon’s',
    shown: 'data folder',
  }),
  AWS_ACCESS_KEY_ID: z
    .string()
    .optional()
    .meta({ description: 'who asks for the files in S3', shown: 'none' }),
  AWS_SECRET_ACCESS_KEY: z.string().optional().meta({ description: 'its secret', shown: 'none' }),
  ENVOI_ROLES: listOf(z.enum(roleNames, { error: 'knows the roles web, worker and smtp' }))
    .default([...roleNames])
    .meta({ description: 'what this process does, comma separated', shown: '`web,worker,smtp`' }),
  ENVOI_SECRET_KEY: base64Key.optional().meta({
    description: '32 bytes in base64; encrypts stored secrets and files',
    shown: 'made once, kept in the data folder',
  }),
  ENVOI_SMTP_URL: smtpUrl.optional().meta({
    description:
      "the platform's relay, `smtp://user:pass@host:port` or `smtps://…`; `direct:` = to the recipients' MX",
    shown: 'none: sandbox, nothing leaves',
  }),
  ENVOI_GOOGLE_CLIENT_ID: clientWord.optional().meta({
    description:
      'client id of the app that the operator has registered with Google; see `google-and-microsoft.md`',
    shown: 'none: Google cannot be connected',
  }),
  ENVOI_GOOGLE_CLIENT_SECRET: clientWord.optional().meta({ description: 'its client secret', shown: 'none' }),
  ENVOI_GOOGLE_ENDPOINTS: endpointList
    .default({})
    .meta({ description: 'other addresses than Google’s own, as below', shown: "Google's" }),
  ENVOI_MICROSOFT_CLIENT_ID: clientWord.optional().meta({
    description: 'application (client) id of the app that the operator has registered with Microsoft Entra',
    shown: 'none: Microsoft cannot be connected',
  }),
  ENVOI_MICROSOFT_CLIENT_SECRET: clientWord
    .optional()
    .meta({ description: 'its client secret', shown: 'none' }),
  ENVOI_MICROSOFT_TENANT: z
    .string()
    .regex(/^[A-Za-z0-9.-]{1,100}$/, {
      error: 'is a tenant id, a domain, common, organizations or consumers',
    })
    .default('common')
    .meta({
      description:
        'whose accounts may be connected: a tenant, `organizations`, `consumers`, or `common` for all',
    }),
  ENVOI_MICROSOFT_ENDPOINTS: endpointList.default({}).meta({
    description:
      'national clouds: `authorize=https://… token=https://… issuer=https://… scope=https://… smtp=smtp://host:587 imap=imaps://host`, those that differ',
    shown: "the worldwide cloud's",
  }),
  ENVOI_PLATFORM_DOMAIN: hostName
    .default('localhost')
    .meta({ description: 'domain of the no-reply address and of return paths' }),
  ENVOI_MAIL_HOST: hostName
    .optional()
    .meta({ description: 'name used in HELO, and MX target', shown: '`ENVOI_PLATFORM_DOMAIN`' }),
  ENVOI_PUBLIC_IPS: listOf(ipAddress)
    .default([])
    .meta({ description: 'addresses that mail leaves from, for SPF; comma separated', shown: 'none' }),
  ENVOI_TLS_CERT: z
    .string()
    .optional()
    .meta({ description: 'certificate file (PEM) of the SMTP servers', shown: 'self-signed, made once' }),
  ENVOI_TLS_KEY: z
    .string()
    .optional()
    .meta({ description: 'its private key file (PEM)', shown: 'self-signed, made once' }),
  ENVOI_TRUST_PROXY: listOf(addressOrRange).default([]).meta({
    description: 'proxies whose `X-Forwarded-For` is believed: addresses or ranges, comma separated',
    shown: 'none',
  }),
  ENVOI_SMTP_IN_PORT: tcpPort
    .default(smtpInPort)
    .meta({ description: 'port of the SMTP server for reports and replies' }),
  ENVOI_SUBMISSION_PORT: tcpPort
    .default(submissionPort)
    .meta({ description: 'port of the SMTP server that other software sends through' }),
  ENVOI_SUBMISSION_TLS_PORT: tcpPort
    .default(submissionTlsPort)
    .meta({ description: 'the same with TLS from the first byte' }),
  ENVOI_DNS_SERVERS: listOf(nameServer)
    .default([])
    .meta({ description: 'resolvers to ask, `ip:port`, comma separated', shown: "the system's" }),
  ENVOI_MX_PORT: tcpPort
    .default(smtpPort)
    .meta({ description: 'port used for direct delivery; another one only in a laboratory' }),
  ENVOI_PRIVATE_HOSTS: z
    .enum(['allowed', 'refused'], { error: 'is one of allowed, refused' })
    .default('allowed')
    .meta({
      description:
        'whether mail servers, name servers, mailboxes and identity services on this machine and in private networks may be dialed; refuse them where strangers set up senders',
    }),
  ENVOI_TSA_URL: listOf(httpUrl).default([]).meta({
    description: 'RFC 3161 time-stamping services, comma separated; each of them stamps the log',
    shown: 'none',
  }),
  ENVOI_SMS_URL: httpUrl.optional().meta({
    description:
      'gateway for text messages: codes of deliveries are posted there for recipients whose mobile number is known; `https://user:password@…` for HTTP Basic',
    shown: 'none: codes go to mailboxes',
  }),
  ENVOI_SMS_TOKEN: clientWord.optional().meta({ description: 'bearer token of that gateway', shown: 'none' }),
  ENVOI_SMS_BODY: textBody.default('{"to":"{to}","text":"{text}"}').meta({
    description:
      'what is posted to it: JSON, or a form such as `To={to}&From=Envoi&Body={text}`, with {to} (E.164) and {text} in it',
  }),
  ENVOI_HIT_RULES: z.string().optional().meta({
    description:
      'JSON file with the rules that tell machines from people, instead of those that come with Envoi',
    shown: '`src/domain/tracking/rules.json`',
  }),
  ENVOI_WATCH_DIR: z.string().optional().meta({
    description:
      'folder whose files become documents: those in `<folder>/<id of the company>`, or in the folder itself while there is one company',
    shown: 'none',
  }),
  ENVOI_WEBHOOK_HOSTS: z.enum(['public', 'any'], { error: 'is one of public, any' }).default('public').meta({
    description:
      'where webhooks may go: `public` (https to public addresses) or `any` (private networks and http too)',
  }),
  ENVOI_MAX_FILE_MB: fileMegabytes
    .default(25)
    .meta({ description: 'how large a document or an extra file may be, in MB of 2^20 bytes; 1 to 100' }),
  ENVOI_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'is one of debug, info, warn, error, silent',
    })
    .default('info')
    .meta({ description: 'how much is logged' }),
  ENVOI_SETUP_COMPANY: z.string().optional().meta({ description: 'first start: name of the company' }),
  ENVOI_SETUP_EMAIL: z
    .email({ error: 'is not an e-mail address' })
    .optional()
    .meta({ description: 'first start: e-mail address of its owner' }),
  ENVOI_SETUP_PASSWORD: z.string().optional().meta({ description: "first start: the owner's password" }),
  ENVOI_SETUP_API_KEY: z.string().optional().meta({ description: 'first start: an API key with all rights' }),
  ENVOI_SETUP_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/, { error: 'is a country in two capital letters, for example BE' })
    .default('BE')
    .meta({ description: 'first start: ISO country of the company' }),
  ENVOI_SETUP_TRACKING: z
    .enum(['none', 'links', 'full'], { error: 'is one of none, links, full' })
    .default('full')
    .meta({ description: 'first start: what is recorded about reading: `none`, `links` or `full`' }),
});

export type Values = z.infer<typeof variables>;
