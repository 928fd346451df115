// Made from docs/openapi.json by `npm run docs`; change the routes, not this file.

export interface paths {
  "/dispatches": {
    /** Send documents */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['NewDispatch']; "multipart/form-data": {
            readonly file: Blob;
            readonly facts?: components['schemas']['Facts'];
            readonly dispatch?: components['schemas']['DispatchOrder'];
          } } };
      responses: {
        202: { content: { "application/json": components['schemas']['Dispatch'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
        507: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** List dispatches, newest first */
    get: {
      parameters: {
        query?: {
          /** how many at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Dispatch'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/dispatches/{id}": {
    /** Show a dispatch with its messages */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Dispatch'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/dispatches/{id}/cancel": {
    /** Take back what has not left */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Dispatch'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/dispatches/{id}/evidence": {
    /** Download the evidence file of a dispatch */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/vnd.etsi.asic-e+zip": Blob } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/evidence-bundles": {
    /** Ask for the evidence files of many dispatches in one ZIP */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "application/json": {
            readonly customerId?: string;
            readonly documentIds?: (string)[];
            /** first day on which a dispatch was made */
            readonly from?: string;
            /** last day */
            readonly to?: string;
            /** of the index; absent: the company’s */
            readonly language?: "en" | "fr" | "it" | "ro" | "de" | "nl";
          } } };
      responses: {
        202: { content: { "application/json": components['schemas']['EvidenceBundle'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** List bundles, newest first */
    get: {
      parameters: {
        query?: {
          /** how many at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['EvidenceBundle'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/evidence-bundles/{id}": {
    /** Show how far a bundle is */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['EvidenceBundle'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/evidence-bundles/{id}/file": {
    /** Download a bundle */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/zip": Blob } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        410: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/documents": {
    /** Take a document in */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "multipart/form-data": {
            readonly file: Blob;
            readonly facts?: components['schemas']['Facts'];
            /** the id that it has in your program */
            readonly externalId?: string;
            /** any JSON object of 16 kB at most; comes back unchanged */
            readonly metadata?: { readonly [key: string]: unknown };
          } } };
      responses: {
        200: { content: { "application/json": components['schemas']['Document'] } };
        201: { content: { "application/json": components['schemas']['Document'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
        507: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** List documents, newest first */
    get: {
      parameters: {
        query?: {
          /** how many at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
          readonly kind?: "invoice" | "quote" | "credit_note" | "proforma" | "delivery_note" | "work_report" | "order" | "receipt" | "statement" | "other";
          readonly customerId?: string;
          /** `true` is `paid`; `false` is all that is not fully paid */
          readonly paid?: "paid" | "partly" | "unpaid" | "true" | "false";
          /** one or several, comma separated: waiting, held, sent, accepted, opened, viewed, downloaded, replied, failed, unconfirmed, canceled, none */
          readonly envelope?: string;
          /** words in number, customer, address, subject */
          readonly q?: string;
          /** first day of issue */
          readonly from?: string;
          /** last day of issue */
          readonly to?: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Document'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/documents/{id}": {
    /** Show a document */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Document'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Change facts and payment state */
    patch: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['DocumentEdit'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['Document'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/documents/{id}/file": {
    /** Download the file as it came in */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/octet-stream": Blob } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/documents/{id}/versions": {
    /** Replace a document by a new version */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "multipart/form-data": {
            readonly file: Blob;
            readonly facts?: components['schemas']['Facts'];
            /** the id that it has in your program */
            readonly externalId?: string;
            /** any JSON object of 16 kB at most; comes back unchanged */
            readonly metadata?: { readonly [key: string]: unknown };
          } } };
      responses: {
        200: { content: { "application/json": components['schemas']['Document'] } };
        201: { content: { "application/json": components['schemas']['Document'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
        507: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/documents/import": {
    /** Bring in open documents from a table (CSV or XLSX) */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "multipart/form-data": {
            readonly file: Blob;
            readonly dryRun?: "true" | "false";
          } } };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['OpenDocumentLine'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/files": {
    /** Keep a file that goes along with a mail */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "multipart/form-data": {
            readonly file: Blob;
          } } };
      responses: {
        201: { content: { "application/json": components['schemas']['File'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
        507: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/messages": {
    /** List messages, newest first */
    get: {
      parameters: {
        query?: {
          /** how many at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
          /** made on this day or later, or from this time on */
          readonly from?: string | string;
          /** made on this day or earlier, or before this time */
          readonly to?: string | string;
          readonly kind?: "invoice" | "quote" | "credit_note" | "proforma" | "delivery_note" | "work_report" | "order" | "receipt" | "statement" | "other";
          readonly purpose?: "first" | "reminder" | "resend";
          readonly origin?: "manual" | "automatic" | "api";
          /** one or several, comma separated: scheduled, held, queued, sending, deferred, handed_off, accepted, unconfirmed, rejected, expired, bounced, complained, canceled */
          readonly delivery?: string;
          /** one or several, comma separated: none, machine_only, opened, viewed, downloaded, replied */
          readonly engagement?: string;
          /** what the list of e-mails shows: delivery and engagement in one */
          readonly envelope?: string;
          readonly category?: "first" | "automatic" | "reminder" | "resend";
          /** the whole address */
          readonly recipient?: string;
          /** a part of the address */
          readonly recipientPart?: string;
          readonly senderId?: string;
          readonly dispatchId?: string;
          /** words in number, customer, address, subject */
          readonly q?: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Message'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/messages/{id}": {
    /** Show a message */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Message'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/messages/{id}/events": {
    /** List what happened to a message, oldest first */
    get: {
      parameters: {
        query?: {
          /** how many at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Event'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/messages/{id}/raw": {
    /** Download the exact bytes of a mail */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "message/rfc822": Blob } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        410: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/messages/{id}/release": {
    /** Let a held message go out */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": {
            /** kept in the history */
            readonly reason: string;
          } } };
      responses: {
        200: { content: { "application/json": components['schemas']['Message'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/messages/{id}/settle": {
    /** Say what became of an unconfirmed message */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": {
            readonly as: "delivered" | "again";
          } } };
      responses: {
        200: { content: { "application/json": components['schemas']['Message'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/messages/{id}/resend": {
    /** Send to one recipient again */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      requestBody?: { content: { "application/json": {
            readonly to?: string;
            /** `documents: false`: the link alone; absent: as before */
            readonly attach?: {
              readonly documents: boolean;
            };
          } } };
      responses: {
        202: { content: { "application/json": components['schemas']['Dispatch'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/events": {
    /** Read everything that happened, in order */
    get: {
      parameters: {
        query?: {
          /** `nextAfter` of the answer before; 0: from the beginning */
          readonly after?: number | null;
          readonly limit?: number;
          /** seconds to wait for something new before an empty answer */
          readonly wait?: number | null;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['EventFeed'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/responses": {
    /** List what customers did on their pages, newest first */
    get: {
      parameters: {
        query?: {
          /** how many at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
          readonly documentId?: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Response'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/documents/{id}/close-links": {
    /** Close all links that customers have to a document */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['ClosedLinks'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/company/close-links": {
    /** Close all links that your company has sent out */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['ClosedLinks'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/customers": {
    /** Make a customer with contacts */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['NewCustomer'] } };
      responses: {
        201: { content: { "application/json": components['schemas']['Customer'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** List customers by name */
    get: {
      parameters: {
        query?: {
          /** how many at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
          /** part of a name, VAT id or contact */
          readonly q?: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Customer'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/customers/import": {
    /** Bring in customers from a table (CSV, XLSX) */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "multipart/form-data": {
            readonly file: Blob;
            readonly dryRun?: "true" | "false";
          } } };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['ImportLine'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/customers/{id}": {
    /** Show a customer */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Customer'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Change a customer */
    patch: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['CustomerEdit'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['Customer'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/reminder-policies": {
    /** List reminder policies */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['ReminderPolicy'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Make a reminder policy */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "application/json": {
            readonly name: string;
            readonly isActive?: boolean;
            /** `review`: each batch waits as a run until somebody starts it */
            readonly mode?: "review" | "automatic";
            readonly kinds?: (string)[];
            /** decimal as a string */
            readonly minimumAmount?: string | null;
            /** one mail per customer */
            readonly isGrouped?: boolean;
            /** the PDFs of one mail become one file: `plain` those without files inside (Factur-X) and without a signature, `all` every one, which loses both; absent: each is a file of its own. What cannot be opened stays apart */
            readonly joinPdfs?: "plain" | "all" | null;
            /** held when the last bank file is older than so many days */
            readonly bankDays?: number | null;
            /** of the company’s zone */
            readonly sendHour?: number;
            readonly steps?: ({
              /** after the due date; below zero: before it */
              readonly days: number;
              readonly senderId?: string | null;
              /** a list of what is overdue, with how to pay, goes along as PDF */
              readonly letter?: boolean;
              /** uploaded files that go along, such as a letter of your own */
              readonly fileIds?: (string)[];
              /** how this reminder is handed over */
              readonly service?: "standard" | "registered" | "confidential" | "incamail_confidential" | "incamail_personal" | "incamail_registered";
              /** as of a dispatch; its own texts are not used then */
              readonly hideSender?: boolean;
              /** own texts by language (Liquid); a language without one gets the built-in text */
              readonly texts?: {
                readonly en?: {
                  readonly subject: string;
                  readonly html: string;
                };
                readonly fr?: {
                  readonly subject: string;
                  readonly html: string;
                };
                readonly it?: {
                  readonly subject: string;
                  readonly html: string;
                };
                readonly ro?: {
                  readonly subject: string;
                  readonly html: string;
                };
                readonly de?: {
                  readonly subject: string;
                  readonly html: string;
                };
                readonly nl?: {
                  readonly subject: string;
                  readonly html: string;
                };
              };
            })[];
          } } };
      responses: {
        201: { content: { "application/json": components['schemas']['ReminderPolicy'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/reminder-policies/order": {
    /** Put the reminder policies in order */
    put: {
      parameters: {
      };
      requestBody: { content: { "application/json": {
            readonly policyIds: (string)[];
          } } };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['ReminderPolicy'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/reminder-policies/{id}": {
    /** Change a reminder policy */
    patch: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": {
            readonly name?: string;
            readonly isActive?: boolean;
            /** `review`: each batch waits as a run until somebody starts it */
            readonly mode?: "review" | "automatic";
            readonly kinds?: (string)[];
            /** decimal as a string */
            readonly minimumAmount?: string | null;
            /** one mail per customer */
            readonly isGrouped?: boolean;
            /** the PDFs of one mail become one file: `plain` those without files inside (Factur-X) and without a signature, `all` every one, which loses both; absent: each is a file of its own. What cannot be opened stays apart */
            readonly joinPdfs?: "plain" | "all" | null;
            /** held when the last bank file is older than so many days */
            readonly bankDays?: number | null;
            /** of the company’s zone */
            readonly sendHour?: number;
            readonly steps?: ({
              /** after the due date; below zero: before it */
              readonly days: number;
              readonly senderId?: string | null;
              /** a list of what is overdue, with how to pay, goes along as PDF */
              readonly letter?: boolean;
              /** uploaded files that go along, such as a letter of your own */
              readonly fileIds?: (string)[];
              /** how this reminder is handed over */
              readonly service?: "standard" | "registered" | "confidential" | "incamail_confidential" | "incamail_personal" | "incamail_registered";
              /** as of a dispatch; its own texts are not used then */
              readonly hideSender?: boolean;
              /** own texts by language (Liquid); a language without one gets the built-in text */
              readonly texts?: {
                readonly en?: {
                  readonly subject: string;
                  readonly html: string;
                };
                readonly fr?: {
                  readonly subject: string;
                  readonly html: string;
                };
                readonly it?: {
                  readonly subject: string;
                  readonly html: string;
                };
                readonly ro?: {
                  readonly subject: string;
                  readonly html: string;
                };
                readonly de?: {
                  readonly subject: string;
                  readonly html: string;
                };
                readonly nl?: {
                  readonly subject: string;
                  readonly html: string;
                };
              };
            })[];
          } } };
      responses: {
        200: { content: { "application/json": components['schemas']['ReminderPolicy'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** End a reminder policy */
    delete: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        204: { content: { [mime: string]: never } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/reminders": {
    /** Show what would be reminded of, when, and why not */
    get: {
      parameters: {
        query?: {
          readonly state?: "due" | "later" | "stopped";
          /** due at least so many days ago */
          readonly overdueDays?: number | null;
          /** at least so much is open */
          readonly amount?: string;
          /** part of the customer’s name */
          readonly customer?: string;
          /** the customer’s category */
          readonly category?: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['PlannedReminder'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/send-rules": {
    /** List the rules by which documents are sent as they arrive */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['SendRule'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Set a send rule */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "application/json": {
            readonly name: string;
            readonly isActive?: boolean;
            /** empty: every kind */
            readonly kinds?: ("invoice" | "quote" | "credit_note" | "proforma" | "delivery_note" | "work_report" | "order" | "receipt" | "statement" | "other")[];
            /** empty: every customer */
            readonly customerIds?: (string)[];
            /** of the customer; empty: every one */
            readonly categories?: (string)[];
            /** how the document came in */
            readonly sources?: ("api" | "folder")[];
            /** null: as the company’s rule says */
            readonly senderId?: string | null;
            /** so long it can still be canceled */
            readonly waitMinutes?: number;
            /** working days from 8 to 18 h of the company’s zone */
            readonly officeHours?: boolean;
          } } };
      responses: {
        201: { content: { "application/json": components['schemas']['SendRule'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/send-rules/{id}": {
    /** Change a send rule */
    patch: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": {
            readonly name?: string;
            readonly isActive?: boolean;
            /** empty: every kind */
            readonly kinds?: ("invoice" | "quote" | "credit_note" | "proforma" | "delivery_note" | "work_report" | "order" | "receipt" | "statement" | "other")[];
            /** empty: every customer */
            readonly customerIds?: (string)[];
            /** of the customer; empty: every one */
            readonly categories?: (string)[];
            /** how the document came in */
            readonly sources?: ("api" | "folder")[];
            /** null: as the company’s rule says */
            readonly senderId?: string | null;
            /** so long it can still be canceled */
            readonly waitMinutes?: number;
            /** working days from 8 to 18 h of the company’s zone */
            readonly officeHours?: boolean;
          } } };
      responses: {
        200: { content: { "application/json": components['schemas']['SendRule'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** End a send rule */
    delete: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        204: { content: { [mime: string]: never } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/send-rules/{id}/test": {
    /** Say what a send rule would do with a document */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": {
            readonly documentId: string;
          } } };
      responses: {
        200: { content: { "application/json": components['schemas']['SendRuleTrial'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/runs": {
    /** Send many documents in one go */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['NewRun'] } };
      responses: {
        202: { content: { "application/json": components['schemas']['Run'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** List runs, newest first */
    get: {
      parameters: {
        query?: {
          /** how many at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Run'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/runs/{id}": {
    /** Show how far a run is */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Run'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Change how a run sends, before it is started */
    patch: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['RunEdit'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['Run'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/runs/{id}/lines": {
    /** List the lines of a run in their order */
    get: {
      parameters: {
        query?: {
          /** how many at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
          readonly state?: "unchecked" | "ready" | "blocked" | "excluded" | "sent" | "refused" | "skipped";
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['RunLine'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/runs/{id}/check": {
    /** Look again at the lines of which something was missing */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Run'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/run-lines/{id}/leave-out": {
    /** Leave a line out of its run */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['RunLine'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/run-lines/{id}/send-again": {
    /** Let a line go out that was left out */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['RunLine'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/runs/{id}/start": {
    /** Send what is ready */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Run'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/runs/{id}/undo": {
    /** Take a start back while nothing has left */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Run'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/runs/{id}/pause": {
    /** Let the rest wait */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Run'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/runs/{id}/resume": {
    /** Go on with a paused run */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Run'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/runs/{id}/cancel": {
    /** End a run; what was sent stays sent */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Run'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/bank-imports": {
    /** Bring in a file of the bank */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "multipart/form-data": {
            readonly file: Blob;
          } } };
      responses: {
        201: { content: { "application/json": components['schemas']['BankImport'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** List the files of the bank, newest first */
    get: {
      parameters: {
        query?: {
          /** how many at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['BankImport'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/bank-entries": {
    /** List what came in, newest first */
    get: {
      parameters: {
        query?: {
          /** how many at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
          readonly state?: "open" | "confirmed" | "ignored";
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['BankEntry'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/bank-entries/{id}/confirm": {
    /** Take an entry as the payment of documents */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": {
            readonly documentIds: (string)[];
          } } };
      responses: {
        200: { content: { "application/json": components['schemas']['BankEntry'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/bank-entries/{id}/ignore": {
    /** Put an entry aside: it pays no document */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['BankEntry'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/company": {
    /** Show your company and its defaults */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Company'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Change your company and its defaults */
    patch: {
      parameters: {
      };
      requestBody: { content: { "application/json": components['schemas']['CompanyEdit'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['Company'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/plan": {
    /** Show what your plan holds, and what is used of it */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Plan'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/senders": {
    /** List senders, the default first */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Sender'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Add a sender */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['NewSender'] } };
      responses: {
        201: { content: { "application/json": components['schemas']['Sender'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/senders/{id}": {
    /** Show a sender */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Sender'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Change a sender, or make it the default */
    patch: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['SenderEdit'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['Sender'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Take a sender out of use */
    delete: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        204: { content: { [mime: string]: never } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/senders/{id}/validate": {
    /** Try whether a sender works */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['SenderCheck'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/senders/{id}/test": {
    /** Send a test mail from a sender */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": {
            readonly to: string;
          } } };
      responses: {
        200: { content: { "application/json": components['schemas']['SenderCheck'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/senders/{id}/mail-code": {
    /** Mail a code to an address that has to be proven */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": {
            /** the address that e-mails leave from, or the one that answers go to */
            readonly part: "address" | "reply_to";
          } } };
      responses: {
        200: { content: { "application/json": components['schemas']['CodeMailed'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/senders/{id}/confirm-code": {
    /** Give back the code that was mailed */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": {
            /** the address that e-mails leave from, or the one that answers go to */
            readonly part: "address" | "reply_to";
            readonly code: string;
          } } };
      responses: {
        200: { content: { "application/json": components['schemas']['Sender'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/senders/{id}/self-test": {
    /** Show the last self-test of a sender */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['SelfTest'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Send a mail to find out what survives the way */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['SelfTestOrder'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['SelfTest'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/senders/{id}/self-test/source": {
    /** Give the source of the test mail as it arrived */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['SelfTestSource'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['SelfTest'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/sender-rule": {
    /** Show by which rule e-mails get their address */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": components['schemas']['SenderRule'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Choose by which rule e-mails get their address */
    put: {
      parameters: {
      };
      requestBody: { content: { "application/json": components['schemas']['SenderRulePut'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['SenderRule'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/templates": {
    /** List the texts of mails */
    get: {
      parameters: {
        query?: {
          /** of the document; `several` for a mail with several documents */
          readonly kind?: "invoice" | "quote" | "credit_note" | "proforma" | "delivery_note" | "work_report" | "order" | "receipt" | "statement" | "other" | "several";
          readonly purpose?: "first" | "reminder" | "resend";
          readonly language?: "en" | "fr" | "it" | "ro" | "de" | "nl";
          /** the texts of Envoi as well */
          readonly builtIn?: boolean;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Template'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Keep a text for a kind, purpose and language */
    put: {
      parameters: {
      };
      requestBody: { content: { "application/json": components['schemas']['TemplatePut'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['Template'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/templates/{id}": {
    /** Forget a text */
    delete: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        204: { content: { [mime: string]: never } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/templates/preview": {
    /** Fill a text with the facts of a document */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['TemplateTry'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['TriedTemplate'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/domains": {
    /** List the domains that the company sends from */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Domain'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Add a domain of the company */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['NewDomain'] } };
      responses: {
        201: { content: { "application/json": components['schemas']['Domain'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/domains/{id}": {
    /** Show a domain with its records, as the last check found them */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Domain'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Change the signing key, or what sends while the domain is broken */
    patch: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['DomainEdit'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['Domain'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Take a domain out of use */
    delete: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        204: { content: { [mime: string]: never } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/domains/{id}/check": {
    /** Ask the DNS for the records of a domain, now */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Domain'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/domains/{id}/settings.pdf": {
    /** Download the records as a PDF for the administrator */
    get: {
      parameters: {
        query?: {
          readonly language?: "en" | "fr" | "it" | "ro" | "de" | "nl";
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/pdf": Blob } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/senders/{id}/mailbox": {
    /** Show the mailbox that is read for what comes back */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Mailbox'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Let a sender’s mailbox be read by IMAP */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['MailboxInput'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['Mailbox'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Read a sender’s mailbox no more */
    delete: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        204: { content: { [mime: string]: never } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/calendar": {
    /** Show the days on which nobody is reminded */
    get: {
      parameters: {
        query?: {
          readonly year?: number;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Calendar'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Change the days on which nobody is reminded */
    patch: {
      parameters: {
      };
      requestBody: { content: { "application/json": {
            readonly avoids?: boolean;
            readonly country?: string;
            readonly region?: string | null;
            readonly days?: ({
              readonly day: string;
              /** `work`: worked although it is a holiday; `usual`: as the public holidays say */
              readonly is: "free" | "work" | "usual";
              readonly name?: string;
            })[];
          } } };
      responses: {
        200: { content: { "application/json": components['schemas']['Calendar'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/network": {
    /** Whether and how other companies of this installation find this one */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": components['schemas']['NetworkStanding'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Let other companies find this one, or no more */
    patch: {
      parameters: {
      };
      requestBody: { content: { "application/json": {
            readonly listed: boolean;
          } } };
      responses: {
        200: { content: { "application/json": components['schemas']['NetworkStanding'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/network/partner": {
    /** Find a customer in the network */
    get: {
      parameters: {
        query?: {
          readonly vatId?: string;
          readonly email?: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            /** null: nobody is found, or who is found cannot be reached */
            readonly partner: {
              readonly company: string;
              /** `vat:…` or `domain:…` */
              readonly foundBy: string;
              /** `operator`: he has confirmed it; `dns`: the domain’s records prove it */
              readonly proof: "operator" | "dns";
            } | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/network/blocks": {
    /** List the companies from which nothing is received */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['NetworkBlock'])[];
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/network/blocks/{id}": {
    /** Receive from a company again */
    delete: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        204: { content: { [mime: string]: never } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/received": {
    /** List what other companies handed over, newest first */
    get: {
      parameters: {
        query?: {
          /** how many at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
          readonly state?: "new" | "accepted" | "rejected";
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Received'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/received/{id}": {
    /** Show a received document */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Received'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/received/{id}/file": {
    /** Download a received document */
    get: {
      parameters: {
        query?: {
          readonly as?: "source" | "pdf" | "xml";
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/octet-stream": Blob } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/received/{id}/accept": {
    /** Accept a received document */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Received'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/received/{id}/reject": {
    /** Reject a received document, with a reason */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": {
            readonly reason: string;
          } } };
      responses: {
        200: { content: { "application/json": components['schemas']['Received'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/received/{id}/block": {
    /** Receive nothing more from the company that a document came from */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['NetworkBlock'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/providers/incamail": {
    /** Show the account with IncaMail */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Incamail'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Set up the account with IncaMail, or change it */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['IncamailInput'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['Incamail'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/dispatches/{id}/receipts": {
    /** List the receipts of an outside provider about a dispatch */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['ProviderReceipt'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/providers/incamail/receipts": {
    /** List the receipts that match no dispatch */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['UntiedReceipt'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/providers/incamail/receipts/{id}/tie": {
    /** Say of which message a receipt is */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": {
            readonly messageId: string;
          } } };
      responses: {
        200: { content: { "application/json": components['schemas']['ProviderReceipt'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/providers/incamail/receipts/{id}/set-aside": {
    /** Say that a receipt is of none of your dispatches */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        204: { content: { [mime: string]: never } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/deliveries": {
    /** List registered and confidential deliveries */
    get: {
      parameters: {
        query?: {
          /** `true`: those that are not at their end */
          readonly running?: "true" | "false";
          readonly dispatchId?: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Delivery'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/deliveries/{id}/withdraw": {
    /** Take a delivery back that was not handed over yet */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Delivery'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/dispatches/{id}/erase-content": {
    /** Erase what a dispatch has sent, for good */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": {
            readonly reason: string;
          } } };
      responses: {
        200: { content: { "application/json": components['schemas']['ContentErased'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/notices": {
    /** List what needs a person, newest first */
    get: {
      parameters: {
        query?: {
          /** how many at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Notice'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/notices/{id}/dismiss": {
    /** Put a notice away */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        204: { content: { [mime: string]: never } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/members/{id}/digest": {
    /** Read when somebody is mailed of notices */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['DigestSetting'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Set when somebody is mailed of notices */
    put: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['DigestSetting'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['DigestSetting'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/members": {
    /** List the people of the company */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Member'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/members/{id}": {
    /** Give somebody another role, or limit what a member may send */
    patch: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['MemberEdit'] } };
      responses: {
        204: { content: { [mime: string]: never } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Take somebody out of the company */
    delete: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        204: { content: { [mime: string]: never } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/invitations": {
    /** List invitations that can still be used */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Invitation'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Invite somebody into the company */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['NewInvitation'] } };
      responses: {
        201: { content: { "application/json": components['schemas']['InvitationWithUrl'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/invitations/{id}": {
    /** Take an invitation back */
    delete: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        204: { content: { [mime: string]: never } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/single-sign-on": {
    /** Show by which identity service people of the company come in */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": components['schemas']['SingleSignOn'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Set single sign-on (OpenID Connect) up, or change it */
    put: {
      parameters: {
      };
      requestBody: { content: { "application/json": components['schemas']['SingleSignOnInput'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['SingleSignOn'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Remove single sign-on; everybody signs in by password again */
    delete: {
      parameters: {
      };
      responses: {
        204: { content: { [mime: string]: never } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/api-keys": {
    /** List the keys that were not revoked */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['ApiKey'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Make a key for another program */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['NewApiKey'] } };
      responses: {
        201: { content: { "application/json": components['schemas']['ApiKeyWithSecret'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/api-keys/{id}": {
    /** End a key */
    delete: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        204: { content: { [mime: string]: never } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/submission-logins": {
    /** List the logins of the submission server */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['SubmissionLogin'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Make a login for software that knows only an outgoing mail server */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['NewSubmissionLogin'] } };
      responses: {
        201: { content: { "application/json": components['schemas']['SubmissionLoginWithPassword'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/submission-logins/{id}": {
    /** End a login of the submission server */
    delete: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        204: { content: { [mime: string]: never } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/watched-folder": {
    /** Show what becomes of files that are dropped into the watched folder */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": components['schemas']['WatchedFolder'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Choose what becomes of dropped files */
    patch: {
      parameters: {
      };
      requestBody: { content: { "application/json": components['schemas']['WatchedFolder'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['WatchedFolder'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/suppressions": {
    /** List the addresses that may not be mailed, newest first */
    get: {
      parameters: {
        query?: {
          /** how many at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
          /** part of an address */
          readonly q?: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Suppression'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Put an address on the list */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['NewSuppression'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['Suppression'] } };
        201: { content: { "application/json": components['schemas']['Suppression'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/suppressions/{id}": {
    /** Take an address off the list */
    delete: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        204: { content: { [mime: string]: never } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/legal-holds": {
    /** List legal holds, newest first */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['LegalHold'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/dispatches/{id}/legal-hold": {
    /** Keep the detailed history of a dispatch, whatever the retention says */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": {
            readonly reason: string;
          } } };
      responses: {
        201: { content: { "application/json": components['schemas']['LegalHold'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Let the retention go on */
    delete: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        204: { content: { [mime: string]: never } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/retention": {
    /** Tell what retention has deleted, what legal holds keep, and what is due next */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": components['schemas']['RetentionReport'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/person": {
    /** Everything that is recorded about whoever gets mail at an address */
    get: {
      parameters: {
        query: {
          readonly address: string;
          /** how many e-mails at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['PersonRecord'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/person/erase": {
    /** Erase what is recorded about whoever gets mail at an address */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "application/json": {
            readonly address: string;
          } } };
      responses: {
        200: { content: { "application/json": {
            readonly messages: number;
            readonly hits: number;
            readonly fields: number;
            readonly contacts: number;
            /** e-mails on legal hold */
            readonly held: number;
          } } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/exports": {
    /** Ask for everything that the company has, in one ZIP */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      responses: {
        202: { content: { "application/json": components['schemas']['CompanyExport'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** List exports, newest first */
    get: {
      parameters: {
        query?: {
          /** how many at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['CompanyExport'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/exports/{id}": {
    /** Show how far an export is */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['CompanyExport'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/exports/{id}/file": {
    /** Download an export */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/zip": Blob } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        410: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/webhooks": {
    /** List the addresses that are told what happens */
    get: {
      parameters: {
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['Webhook'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Have an address told what happens */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['NewWebhook'] } };
      responses: {
        201: { content: { "application/json": components['schemas']['WebhookWithSecret'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/webhooks/{id}": {
    /** Show a webhook */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['Webhook'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Change a webhook, pause it or switch it on again */
    patch: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      requestBody: { content: { "application/json": components['schemas']['WebhookEdit'] } };
      responses: {
        200: { content: { "application/json": components['schemas']['Webhook'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        413: { content: { "application/problem+json": components['schemas']['Problem'] } };
        415: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
    /** Remove a webhook */
    delete: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        204: { content: { [mime: string]: never } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/webhooks/{id}/rotate-secret": {
    /** Give a webhook a new secret */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['WebhookWithSecret'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/webhooks/{id}/test": {
    /** Tell a webhook that it is being tested */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['WebhookTest'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/webhooks/{id}/replay": {
    /** Tell a webhook again all that was given up */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        202: { content: { "application/json": components['schemas']['WebhookReplay'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/webhook-deliveries": {
    /** List what webhooks were told, newest first */
    get: {
      parameters: {
        query?: {
          /** how many at most */
          readonly limit?: number;
          /** `nextCursor` of the page before */
          readonly cursor?: string;
          readonly webhookId?: string;
          readonly state?: "waiting" | "delivered" | "failed";
        };
      };
      responses: {
        200: { content: { "application/json": {
            readonly items: (components['schemas']['WebhookDelivery'])[];
            /** null on the last page */
            readonly nextCursor: string | null;
          } } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        422: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/webhook-deliveries/{id}": {
    /** Show what a webhook was told and what it answered */
    get: {
      parameters: {
        path: {
          readonly id: string;
        };
      };
      responses: {
        200: { content: { "application/json": components['schemas']['WebhookDeliveryDetail'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
  "/webhook-deliveries/{id}/replay": {
    /** Tell a webhook something once more */
    post: {
      parameters: {
        header?: {
          /** The same key with the same request is answered once: repeat without fear for 24 hours. */
          readonly "Idempotency-Key"?: string;
        };
        path: {
          readonly id: string;
        };
      };
      responses: {
        202: { content: { "application/json": components['schemas']['WebhookDelivery'] } };
        400: { content: { "application/problem+json": components['schemas']['Problem'] } };
        401: { content: { "application/problem+json": components['schemas']['Problem'] } };
        403: { content: { "application/problem+json": components['schemas']['Problem'] } };
        404: { content: { "application/problem+json": components['schemas']['Problem'] } };
        409: { content: { "application/problem+json": components['schemas']['Problem'] } };
        429: { content: { "application/problem+json": components['schemas']['Problem'] } };
      };
    };
  };
}

export interface components {
  schemas: {
    Dispatch: {
      readonly id: string;
      readonly externalId: string | null;
      readonly metadata: { readonly [key: string]: unknown };
      readonly documentIds: (string)[];
      readonly purpose: "first" | "reminder" | "resend";
      readonly origin: "manual" | "automatic" | "api";
      readonly service: "standard" | "registered" | "confidential" | "incamail_confidential" | "incamail_personal" | "incamail_registered";
      /** the sender is named to the recipient after acceptance only */
      readonly senderHidden: boolean;
      /** empty: recorded as sent by other means */
      readonly channels: (string)[];
      readonly state: "waiting" | "held" | "sent" | "accepted" | "opened" | "viewed" | "downloaded" | "replied" | "failed" | "unconfirmed" | "canceled" | "none";
      readonly senderId: string | null;
      /** why this sender: `chosen`, `per_user`, `per_kind` or `per_template` by the rule of the company, `company_default`, `no_address_of_user` or `no_address_of_kind` (the rule knows none, so the default), `domain_fallback`, `sandbox_until_connected`, `provider_account`, `neutral_address` (the sender is hidden) */
      readonly senderReason: string | null;
      readonly subject: string;
      readonly messages: (components['schemas']['Message'])[];
      /** what went from company to company */
      readonly network: (components['schemas']['HandOver'])[];
      readonly createdAt: string;
      /** its mails and texts are gone since then */
      readonly contentErasedAt: string | null;
      readonly sendAt: string | null;
    };
    Message: {
      readonly id: string;
      readonly dispatchId: string;
      /** `copy` is the sender’s own duplicate */
      readonly role: "to" | "cc" | "bcc" | "copy" | "notification";
      readonly address: string;
      /** `accepted`: by the recipient’s mail server */
      readonly delivery: "scheduled" | "held" | "queued" | "sending" | "deferred" | "handed_off" | "accepted" | "unconfirmed" | "rejected" | "expired" | "bounced" | "complained" | "canceled";
      /** why, as a stable word; `own_words`: a document was settled before it left and the text was not from a template; release it as it is, or send what is left with other words (`replaces` of POST /dispatches) */
      readonly deliveryDetail: string | null;
      readonly engagement: "none" | "machine_only" | "opened" | "viewed" | "downloaded" | "replied";
      /** delivery and engagement in one, as the list of e-mails shows it */
      readonly envelope: "waiting" | "held" | "sent" | "accepted" | "opened" | "viewed" | "downloaded" | "replied" | "failed" | "unconfirmed" | "canceled" | "none";
      readonly openedCount: number;
      readonly viewedCount: number;
      readonly downloadedCount: number;
      /** how often it was tried */
      readonly attempts: number;
      readonly firstOpenedAt: string | null;
      readonly lastEventAt: string;
      /** the recipient’s own link, for keys with all rights; using it counts like the customer */
      readonly portalUrl: string | null;
    };
    HandOver: {
      readonly documentId: string;
      readonly company: string;
      /** `vat:…` or `domain:…` */
      readonly foundBy: string;
      /** `operator`: he has confirmed it; `dns`: the domain’s records prove it */
      readonly proof: "operator" | "dns";
      readonly state: "waiting" | "delivered" | "accepted" | "rejected" | "failed" | "canceled";
      /** why it failed or was canceled */
      readonly problem: string | null;
      /** what the other company wrote */
      readonly reason: string | null;
      readonly deliveredAt: string | null;
      readonly decidedAt: string | null;
    };
    Problem: {
      readonly type: string;
      readonly title: string;
      readonly status: number;
      readonly detail: string;
      /** a stable word */
      readonly code: string;
      /** the fields that are wrong */
      readonly errors?: ({
        readonly path: string;
        readonly message: string;
      })[];
    };
    NewDispatch: {
      readonly documentId?: string;
      readonly documentIds?: (string)[];
      /** a message that is `held` with `own_words`: it is canceled, with those held beside it, in the moment in which this dispatch is made, and waits on where this is refused. About its documents or some of them. */
      readonly replaces?: string;
      readonly to?: (string)[];
      readonly cc?: (string)[];
      readonly bcc?: (string)[];
      readonly senderId?: string | null;
      readonly subject?: string;
      /** plain text, sent as it stands; absent: from the template */
      readonly text?: string;
      /** instead of `text`; what a mail may not hold is taken out */
      readonly html?: string;
      /** of mail and portal; absent: the customer’s */
      readonly language?: "en" | "fr" | "it" | "ro" | "de" | "nl";
      /** the text to use; null: the one that comes with Envoi; absent: the default */
      readonly templateId?: string | null;
      /** A `reminder` is looked at once more in the second in which it leaves: what was paid, decided or replaced meanwhile is not asked for, and what is left of several documents goes out anew. What is settled already is refused. */
      readonly purpose?: "first" | "reminder" | "resend";
      /** `registered`: the content opens after a code and an acceptance; `confidential`: after a code. It is never in the mail. */
      readonly service?: "standard" | "registered" | "confidential" | "incamail_confidential" | "incamail_personal" | "incamail_registered";
      /** days that it waits, counted from the day after the notice (7) */
      readonly serviceDays?: number;
      /** behind a code: who sends is told to the recipient when he has accepted (`registered`) or shown the code (`confidential`). It goes out from the address of the platform, with a text that cannot be changed. */
      readonly hideSender?: boolean;
      /** absent: `email`, and `network` where the customer is a company that is found there (GET /network/partner) */
      readonly channels?: ("email" | "network")[];
      readonly attach?: {
        /** absent: as the company’s settings and the sender say */
        readonly documents?: boolean;
        /** from POST /files */
        readonly fileIds?: (string)[];
        /** of the document in the mail */
        readonly fileName?: string;
        readonly fileType?: "pdf" | "xml" | "both";
      };
      /** false: no link to the portal in the mail */
      readonly link?: boolean;
      /** `none`, `links` (the portal only), `full` (the pixel too) */
      readonly tracking?: "none" | "links" | "full";
      /** a time within the next year */
      readonly sendAt?: string | null;
      readonly copyToSender?: boolean;
      readonly fromName?: string;
      readonly replyTo?: string | null;
      /** the id that it has in your program */
      readonly externalId?: string | null;
      /** any JSON object of 16 kB at most; comes back unchanged */
      readonly metadata?: { readonly [key: string]: unknown };
    };
    Facts: {
      readonly kind?: "invoice" | "quote" | "credit_note" | "proforma" | "delivery_note" | "work_report" | "order" | "receipt" | "statement" | "other";
      readonly number?: string | null;
      readonly issueDate?: string | null;
      readonly dueDate?: string | null;
      readonly currency?: string | null;
      readonly total?: string | null;
      readonly amountDue?: string | null;
      readonly customer?: {
        readonly name?: string | null;
        readonly emails?: (string)[] | null;
        readonly language?: string | null;
        readonly vatId?: string | null;
        readonly country?: string | null;
      } | null;
      /** the id that it has in your program */
      readonly externalId?: string | null;
      /** any JSON object of 16 kB at most; comes back unchanged */
      readonly metadata?: { readonly [key: string]: unknown };
    };
    DispatchOrder: {
      readonly to?: (string)[];
      readonly cc?: (string)[];
      readonly bcc?: (string)[];
      readonly senderId?: string | null;
      readonly subject?: string;
      /** plain text, sent as it stands; absent: from the template */
      readonly text?: string;
      /** instead of `text`; what a mail may not hold is taken out */
      readonly html?: string;
      /** of mail and portal; absent: the customer’s */
      readonly language?: "en" | "fr" | "it" | "ro" | "de" | "nl";
      /** the text to use; null: the one that comes with Envoi; absent: the default */
      readonly templateId?: string | null;
      /** A `reminder` is looked at once more in the second in which it leaves: what was paid, decided or replaced meanwhile is not asked for, and what is left of several documents goes out anew. What is settled already is refused. */
      readonly purpose?: "first" | "reminder" | "resend";
      /** `registered`: the content opens after a code and an acceptance; `confidential`: after a code. It is never in the mail. */
      readonly service?: "standard" | "registered" | "confidential" | "incamail_confidential" | "incamail_personal" | "incamail_registered";
      /** days that it waits, counted from the day after the notice (7) */
      readonly serviceDays?: number;
      /** behind a code: who sends is told to the recipient when he has accepted (`registered`) or shown the code (`confidential`). It goes out from the address of the platform, with a text that cannot be changed. */
      readonly hideSender?: boolean;
      /** absent: `email`, and `network` where the customer is a company that is found there (GET /network/partner) */
      readonly channels?: ("email" | "network")[];
      readonly attach?: {
        /** absent: as the company’s settings and the sender say */
        readonly documents?: boolean;
        /** from POST /files */
        readonly fileIds?: (string)[];
        /** of the document in the mail */
        readonly fileName?: string;
        readonly fileType?: "pdf" | "xml" | "both";
      };
      /** false: no link to the portal in the mail */
      readonly link?: boolean;
      /** `none`, `links` (the portal only), `full` (the pixel too) */
      readonly tracking?: "none" | "links" | "full";
      /** a time within the next year */
      readonly sendAt?: string | null;
      readonly copyToSender?: boolean;
      readonly fromName?: string;
      readonly replyTo?: string | null;
      /** the id that it has in your program */
      readonly externalId?: string | null;
      /** any JSON object of 16 kB at most; comes back unchanged */
      readonly metadata?: { readonly [key: string]: unknown };
    };
    EvidenceBundle: {
      readonly id: string;
      readonly customerId: string | null;
      readonly from: string | null;
      readonly to: string | null;
      readonly state: "waiting" | "ready" | "expired";
      readonly dispatches: number;
      readonly made: number;
      /** dispatches whose file could not be made; the index says which */
      readonly failed: number;
      readonly bytes: number;
      readonly createdAt: string;
      readonly readyAt: string | null;
      readonly expiresAt: string | null;
    };
    Document: {
      readonly id: string;
      readonly externalId: string | null;
      readonly metadata: { readonly [key: string]: unknown };
      readonly kind: "invoice" | "quote" | "credit_note" | "proforma" | "delivery_note" | "work_report" | "order" | "receipt" | "statement" | "other";
      readonly number: string | null;
      readonly issueDate: string | null;
      readonly dueDate: string | null;
      readonly currency: string | null;
      /** decimal as a string */
      readonly total: string | null;
      /** decimal as a string */
      readonly amountDue: string | null;
      readonly customerId: string | null;
      readonly version: number;
      /** id of the version that took its place */
      readonly replacedBy: string | null;
      readonly paid: {
        readonly on: string;
        /** decimal as a string */
        readonly amount: string | null;
      } | null;
      readonly disputed: boolean;
      /** what the customer said to a quote */
      readonly decidedAs: "accepted" | "refused" | null;
      /** the customer says that it is paid; no reminders go out meanwhile */
      readonly paymentDeclared: boolean;
      readonly remindersPausedUntil: string | null;
      readonly remindersPauseReason: string | null;
      readonly source: {
        readonly format: "factur-x" | "zugferd" | "cii" | "ubl" | "fatturapa" | "pdf";
        readonly fileName: string;
        /** of the bytes that came in, in hex */
        readonly sha256: string;
        readonly bytes: number;
        readonly mediaType: string;
      };
      /** how its newest dispatch stands */
      readonly envelope: "waiting" | "held" | "sent" | "accepted" | "opened" | "viewed" | "downloaded" | "replied" | "failed" | "unconfirmed" | "canceled" | "none";
      readonly createdAt: string;
    };
    DocumentEdit: {
      readonly kind?: "invoice" | "quote" | "credit_note" | "proforma" | "delivery_note" | "work_report" | "order" | "receipt" | "statement" | "other";
      readonly number?: string | null;
      readonly issueDate?: string | null;
      readonly dueDate?: string | null;
      readonly currency?: string | null;
      readonly total?: string | null;
      readonly amountDue?: string | null;
      readonly customer?: {
        readonly name?: string | null;
        readonly emails?: (string)[] | null;
        readonly language?: string | null;
        readonly vatId?: string | null;
        readonly country?: string | null;
      } | null;
      /** whose it is; null: nobody’s */
      readonly customerId?: string | null;
      /** null takes a payment back */
      readonly paid?: {
        readonly on: string;
        /** absent: all of it */
        readonly amount?: string | null;
      } | null;
      readonly disputed?: boolean;
      /** false: the money that the customer speaks of was not found; reminders go on */
      readonly paymentDeclared?: boolean;
      readonly remindersPausedUntil?: string | null;
      readonly remindersPauseReason?: string | null;
    };
    OpenDocumentLine: {
      /** counted from 1; the head is row 1 */
      readonly row: number;
      readonly number: string;
      readonly customer: string;
      readonly outcome: "new" | "known" | "wrong";
      readonly documentId: string | null;
      readonly problems: ({
        readonly path: string;
        readonly message: string;
      })[];
    };
    File: {
      readonly id: string;
      readonly fileName: string;
      readonly bytes: number;
    };
    Event: {
      readonly id: string;
      /** place in the log; null for a moment after it happened */
      readonly logIndex: number | null;
      readonly dispatchId: string | null;
      readonly messageId: string | null;
      readonly documentId: string | null;
      /** number within the chain of its dispatch, or of the company */
      readonly n: number;
      readonly type: string;
      readonly at: string;
      readonly actor: string;
      readonly certainty: "certain" | "probable";
      readonly data: { readonly [key: string]: unknown };
      /** the event’s bytes as UTF-8 text; SHA-256 of them is `hash` */
      readonly raw: string;
      /** hex */
      readonly hash: string;
      /** `hash` of the event before it in its chain, in hex */
      readonly prev: string | null;
    };
    EventFeed: {
      readonly items: (components['schemas']['Event'])[];
      readonly nextAfter: number;
    };
    Response: {
      readonly id: string;
      readonly kind: "accepted" | "refused" | "payment_declared" | "disputed" | "replied" | "forwarded" | "misdirected";
      readonly documentId: string;
      readonly dispatchId: string;
      readonly messageId: string;
      /** as it was typed, or the recipient’s */
      readonly name: string;
      readonly text: string;
      readonly paidOn: string | null;
      readonly reference: string | null;
      /** to whom it was passed on */
      readonly to: string | null;
      /** a code that was mailed to the mailbox was typed */
      readonly verified: boolean;
      readonly at: string;
    };
    ClosedLinks: {
      /** how many links were open until now */
      readonly closed: number;
    };
    Customer: {
      readonly id: string;
      readonly name: string;
      readonly vatId: string | null;
      readonly country: string | null;
      readonly language: string | null;
      readonly defaultCc: (string)[];
      readonly category: string | null;
      readonly contacts: ({
        readonly id: string;
        readonly email: string;
        readonly name: string;
        readonly roles: (string)[];
        readonly language: string | null;
        /** in E.164 */
        readonly mobile: string | null;
        readonly tracking: "unknown" | "granted" | "denied";
        readonly trackingAt: string | null;
        readonly trackingHow: string | null;
        readonly lastUsedAt: string | null;
      })[];
      readonly remindersPausedUntil: string | null;
      readonly remindersPauseReason: string | null;
      readonly mergedInto: string | null;
      readonly createdAt: string;
    };
    NewCustomer: {
      readonly name: string;
      readonly vatId?: string | null;
      readonly country?: string | null;
      readonly language?: string | null;
      readonly defaultCc?: (string)[] | null;
      /** your own word to sort customers by; reminders and rules can ask for it */
      readonly category?: string | null;
      /** the whole list: who is not in it is removed */
      readonly contacts?: ({
        readonly email: string;
        readonly name?: string | null;
        /** what the contact gets; empty: everything */
        readonly roles?: ("invoice" | "quote" | "credit_note" | "proforma" | "delivery_note" | "work_report" | "order" | "receipt" | "statement" | "other" | "reminder")[] | null;
        readonly language?: string | null;
        /** number of a mobile phone with its country’s code; codes of deliveries can go there */
        readonly mobile?: string | null;
        /** consent to being tracked */
        readonly tracking?: "unknown" | "granted" | "denied" | null;
        /** how it was given or refused */
        readonly trackingHow?: string | null;
      })[] | null;
    };
    ImportLine: {
      /** the first row of the customer; the head is row 1 */
      readonly row: number;
      readonly name: string;
      readonly addresses: (string)[];
      /** what the table says; null: nothing */
      readonly category: string | null;
      readonly outcome: "new" | "changed" | "wrong";
      readonly problems: ({
        readonly path: string;
        readonly message: string;
      })[];
    };
    CustomerEdit: {
      readonly name?: string;
      readonly vatId?: string | null;
      readonly country?: string | null;
      readonly language?: string | null;
      readonly defaultCc?: (string)[] | null;
      /** your own word to sort customers by; reminders and rules can ask for it */
      readonly category?: string | null;
      /** the whole list: who is not in it is removed */
      readonly contacts?: ({
        readonly email: string;
        readonly name?: string | null;
        /** what the contact gets; empty: everything */
        readonly roles?: ("invoice" | "quote" | "credit_note" | "proforma" | "delivery_note" | "work_report" | "order" | "receipt" | "statement" | "other" | "reminder")[] | null;
        readonly language?: string | null;
        /** number of a mobile phone with its country’s code; codes of deliveries can go there */
        readonly mobile?: string | null;
        /** consent to being tracked */
        readonly tracking?: "unknown" | "granted" | "denied" | null;
        /** how it was given or refused */
        readonly trackingHow?: string | null;
      })[] | null;
      /** no reminders before that day; null: no pause */
      readonly remindersPausedUntil?: string | null;
      readonly remindersPauseReason?: string | null;
    };
    ReminderPolicy: {
      readonly id: string;
      readonly name: string;
      readonly isActive: boolean;
      /** `review`: each batch waits as a run until somebody starts it */
      readonly mode: "review" | "automatic";
      readonly kinds: (string)[];
      /** decimal as a string */
      readonly minimumAmount: string | null;
      /** one mail per customer */
      readonly isGrouped: boolean;
      /** the PDFs of one mail become one file: `plain` those without files inside (Factur-X) and without a signature, `all` every one, which loses both; absent: each is a file of its own. What cannot be opened stays apart */
      readonly joinPdfs: "plain" | "all" | null;
      /** held when the last bank file is older than so many days */
      readonly bankDays: number | null;
      /** of the company’s zone */
      readonly sendHour: number;
      readonly steps: ({
        readonly days: number;
        readonly senderId: string | null;
        readonly letter: boolean;
        readonly fileIds: (string)[];
        readonly service: "standard" | "registered" | "confidential" | "incamail_confidential" | "incamail_personal" | "incamail_registered";
        readonly hideSender: boolean;
        readonly texts: {
          readonly en?: {
            readonly subject: string;
            readonly html: string;
          };
          readonly fr?: {
            readonly subject: string;
            readonly html: string;
          };
          readonly it?: {
            readonly subject: string;
            readonly html: string;
          };
          readonly ro?: {
            readonly subject: string;
            readonly html: string;
          };
          readonly de?: {
            readonly subject: string;
            readonly html: string;
          };
          readonly nl?: {
            readonly subject: string;
            readonly html: string;
          };
        };
      })[];
      readonly createdAt: string;
    };
    PlannedReminder: {
      readonly documentId: string;
      readonly number: string | null;
      /** name of the customer, as the document has it */
      readonly buyer: string | null;
      /** what is still to be paid */
      readonly openAmount: string | null;
      readonly currency: string | null;
      readonly policyId: string | null;
      readonly state: "due" | "later" | "stopped";
      readonly days: number | null;
      readonly on: string | null;
      readonly whyNot: string | null;
      readonly reminders: number;
      readonly lastOn: string | null;
    };
    SendRule: {
      readonly id: string;
      readonly name: string;
      readonly isActive: boolean;
      /** empty: every kind */
      readonly kinds: ("invoice" | "quote" | "credit_note" | "proforma" | "delivery_note" | "work_report" | "order" | "receipt" | "statement" | "other")[];
      /** empty: every customer */
      readonly customerIds: (string)[];
      /** of the customer; empty: every one */
      readonly categories: (string)[];
      /** how the document came in */
      readonly sources: ("api" | "folder")[];
      /** null: as the company’s rule says */
      readonly senderId: string | null;
      /** so long it can still be canceled */
      readonly waitMinutes: number;
      /** working days from 8 to 18 h of the company’s zone */
      readonly officeHours: boolean;
      /** in whose name it sends */
      readonly setBy: string;
      readonly createdAt: string;
      readonly changedAt: string;
    };
    SendRuleTrial: {
      readonly wouldSend: boolean;
      readonly whyNot: string | null;
      /** the rule before it that takes the document */
      readonly takenBy: string | null;
      readonly to: (string)[];
      readonly cc: (string)[];
      readonly senderAddress: string | null;
      readonly senderReason: string | null;
      /** null: the built-in text */
      readonly templateId: string | null;
      readonly language: string;
      readonly subject: string;
      readonly sendAt: string | null;
      readonly problems: ({
        readonly path: string;
        readonly reason: string;
        readonly value: string | null;
      })[];
    };
    Run: {
      readonly id: string;
      readonly purpose: "first" | "reminder";
      readonly origin: "manual" | "automatic" | "api";
      readonly grouping: "document" | "customer";
      readonly options: components['schemas']['RunOptions'];
      readonly state: "checking" | "ready" | "running" | "paused" | "finished" | "canceled";
      readonly documents: number;
      readonly lines: number;
      readonly counts: {
        readonly unchecked?: number;
        readonly ready?: number;
        readonly blocked?: number;
        readonly excluded?: number;
        readonly sent?: number;
        readonly refused?: number;
        readonly skipped?: number;
      };
      readonly perMinute: number | null;
      readonly secondsLeft: number | null;
      readonly createdAt: string;
      readonly startedAt: string | null;
      /** nothing leaves before, and a person can take the start back; null: it was started without time to undo */
      readonly undoUntil: string | null;
      readonly finishedAt: string | null;
      /** the plan has no room for what is left this month; it is looked at again then, by itself */
      readonly waitsUntil: string | null;
    };
    RunOptions: {
      readonly senderId?: string;
      /** texts for this run only, by kind and language: another template than the default, or subject and text with variables. A line of which a variable has no value is blocked */
      readonly texts?: (components['schemas']['RunText'])[];
      readonly attach?: boolean;
      /** Absent or both: by mail, and by the network too for whom it reaches. `network` alone: lines that it does not reach are blocked. */
      readonly channels?: ("email" | "network")[];
      /** the PDFs of one mail become one file: `plain` those without files inside (Factur-X) and without a signature, `all` every one, which loses both; absent: each is a file of its own. What cannot be opened stays apart */
      readonly joinPdfs?: "plain" | "all";
      /** a list of what is open, with a payment slip, goes along as PDF; for reminders */
      readonly letter?: boolean;
      /** uploaded files that go along with every mail, such as a letter of your own */
      readonly fileIds?: (string)[];
      /** as of a dispatch; each mail has a record of its own */
      readonly service?: "standard" | "registered" | "confidential" | "incamail_confidential" | "incamail_personal" | "incamail_registered";
      readonly serviceDays?: number;
      readonly hideSender?: boolean;
      readonly sendAt?: string;
      readonly officeHours?: boolean;
      readonly perMinute?: number;
      /** sends documents that went out before, which are left out otherwise */
      readonly again?: boolean;
    };
    RunText: {
      /** of the one document of a mail, or `several` */
      readonly kind: "invoice" | "quote" | "credit_note" | "proforma" | "delivery_note" | "work_report" | "order" | "receipt" | "statement" | "other" | "several";
      readonly language: "en" | "fr" | "it" | "ro" | "de" | "nl";
      /** one of that kind and language; null: the built-in text; absent: as it is proposed */
      readonly templateId?: string | null;
      readonly subject?: string;
      readonly html?: string;
    };
    NewRun: {
      readonly documentIds?: (string)[];
      /** instead of `documentIds`: all documents that fit */
      readonly filter?: {
        readonly kind?: string;
        readonly customerId?: string;
        readonly paid?: "paid" | "partly" | "unpaid";
        /** one or several, comma separated: none, sent, accepted, opened, viewed, downloaded, failed, canceled */
        readonly envelope?: string;
        readonly q?: string;
        readonly from?: string;
        readonly to?: string;
      };
      /** instead of `documentIds`: what is to be reminded of, as `GET /reminders` selects it; what is due unless `state` says otherwise. The purpose is a reminder then */
      readonly reminders?: {
        readonly state?: "due" | "later" | "stopped";
        /** due at least so many days ago */
        readonly overdueDays?: number | null;
        /** at least so much is open */
        readonly amount?: string;
        /** part of the customer’s name */
        readonly customer?: string;
        /** the customer’s category */
        readonly category?: string;
      };
      readonly purpose?: "first" | "reminder";
      /** a mail per document, or one per customer with all of its documents */
      readonly grouping?: "document" | "customer";
      readonly senderId?: string;
      /** texts for this run only, by kind and language: another template than the default, or subject and text with variables. A line of which a variable has no value is blocked */
      readonly texts?: (components['schemas']['RunText'])[];
      readonly attach?: boolean;
      /** Absent or both: by mail, and by the network too for whom it reaches. `network` alone: lines that it does not reach are blocked. */
      readonly channels?: ("email" | "network")[];
      /** the PDFs of one mail become one file: `plain` those without files inside (Factur-X) and without a signature, `all` every one, which loses both; absent: each is a file of its own. What cannot be opened stays apart */
      readonly joinPdfs?: "plain" | "all";
      /** a list of what is open, with a payment slip, goes along as PDF; for reminders */
      readonly letter?: boolean;
      /** uploaded files that go along with every mail, such as a letter of your own */
      readonly fileIds?: (string)[];
      /** as of a dispatch; each mail has a record of its own */
      readonly service?: "standard" | "registered" | "confidential" | "incamail_confidential" | "incamail_personal" | "incamail_registered";
      readonly serviceDays?: number;
      readonly hideSender?: boolean;
      readonly sendAt?: string;
      readonly officeHours?: boolean;
      readonly perMinute?: number;
      /** sends documents that went out before, which are left out otherwise */
      readonly again?: boolean;
      /** sends what can be sent as soon as everything was looked at */
      readonly start?: boolean;
    };
    RunEdit: {
      /** a mail per document, or one per customer with all of its documents */
      readonly grouping?: "document" | "customer";
      readonly senderId?: string | null;
      readonly texts?: (components['schemas']['RunText'])[] | null;
      readonly attach?: boolean | null;
      readonly channels?: ("email" | "network")[] | null;
      readonly joinPdfs?: "plain" | "all" | null;
      readonly letter?: boolean | null;
      readonly fileIds?: (string)[] | null;
      readonly service?: "standard" | "registered" | "confidential" | "incamail_confidential" | "incamail_personal" | "incamail_registered" | null;
      readonly serviceDays?: number | null;
      readonly hideSender?: boolean | null;
      readonly sendAt?: string | null;
      readonly officeHours?: boolean | null;
      readonly perMinute?: number | null;
      readonly again?: boolean | null;
    };
    RunLine: {
      readonly id: string;
      readonly documentIds: (string)[];
      readonly customerName: string;
      readonly state: "unchecked" | "ready" | "blocked" | "excluded" | "sent" | "refused" | "skipped";
      readonly to: (string)[];
      readonly senderAddress: string | null;
      readonly senderReason: string | null;
      /** by which ways; empty: not looked at yet */
      readonly channels: ("email" | "network")[];
      /** the company of the network that gets the documents */
      readonly company: string | null;
      readonly language: string | null;
      readonly subject: string | null;
      readonly templateId: string | null;
      /** `run`: one for this run only, or that of the reminder policy’s step */
      readonly textFrom: "template" | "built_in" | "run" | null;
      readonly problems: ({
        readonly path: string;
        readonly reason: string;
        readonly value: string | null;
      })[];
      /** what somebody should know before it goes, such as `already_sent` and when */
      readonly warnings: ({
        readonly kind: string;
        readonly value: string | null;
      })[];
      /** documents that do not go out with the others of the line, and why */
      readonly leftOut: ({
        readonly documentId: string;
        readonly reason: string;
      })[];
      /** documents that stay a file of their own where PDFs are joined, and why */
      readonly apart: ({
        readonly documentId: string;
        readonly reason: string;
      })[];
      readonly dispatchId: string | null;
      readonly doneAt: string | null;
    };
    BankImport: {
      readonly id: string;
      readonly fileName: string;
      readonly format: "camt" | "csv";
      readonly account: string | null;
      /** how many amounts came in */
      readonly entries: number;
      /** of these, in no earlier file */
      readonly newEntries: number;
      /** money that went out; it is left aside */
      readonly outgoing: number;
      /** lines that could not be read */
      readonly unreadable: number;
      readonly lastBookedOn: string | null;
      readonly createdAt: string;
    };
    BankEntry: {
      readonly id: string;
      readonly importId: string;
      readonly bookedOn: string;
      /** decimal as a string */
      readonly amount: string;
      readonly currency: string | null;
      /** who paid, as the bank says */
      readonly name: string;
      readonly text: string;
      readonly state: "open" | "confirmed" | "ignored";
      /** what it pays, once confirmed */
      readonly documentIds: (string)[];
      /** of open entries only, best first */
      readonly proposals: (components['schemas']['PaymentProposal'])[];
      readonly createdAt: string;
    };
    PaymentProposal: {
      readonly documentIds: (string)[];
      readonly because: ("number" | "amount" | "name" | "part")[];
      readonly certainty: "sure" | "likely" | "possible";
    };
    Company: {
      readonly id: string;
      readonly name: string;
      readonly address: string;
      readonly country: string;
      readonly vatId: string | null;
      readonly language: "en" | "fr" | "it" | "ro" | "de" | "nl";
      readonly timeZone: string;
      readonly brandColor: string | null;
      /** `none`, `links` (the portal only), `full` (the pixel too) */
      readonly trackingMode: "none" | "links" | "full";
      /** `consent`: who was not asked is not tracked; `other`: another legal basis */
      readonly trackingBasis: "consent" | "other";
      /** in which people can take a send back */
      readonly undoSeconds: number;
      /** how long links open documents */
      readonly linkDays: number;
      /** how long the detailed history is kept */
      readonly retentionDays: number;
      /** `automatic`: a recipient who asks that what is recorded about him be erased has it at once */
      readonly erasureOnRequest: "ask" | "automatic";
      /** the month in which the business year begins */
      readonly fiscalMonth: number;
      /** narrower for some kinds */
      readonly trackingByKind: { readonly [key: string]: unknown };
      /** hints that are not shown */
      readonly hintsOff: (string)[];
      /** null: attached with an own sender, linked with the platform’s */
      readonly attachDocuments: boolean | null;
      readonly defaultCc: (string)[];
      readonly defaultBcc: (string)[];
      readonly copyToSender: boolean;
      /** registered and confidential deliveries do not name the sender before acceptance, unless the send says otherwise */
      readonly hideSender: boolean;
      /** answers come to us, are recorded and passed on */
      readonly trackReplies: boolean;
      /** lines at the foot of letters */
      readonly letterFooter: string;
      /** https address; braces may hold number, amount, cents, currency, customer */
      readonly paymentLink: string | null;
      readonly iban: string | null;
      readonly bic: string | null;
      /** null: the company’s name */
      readonly accountHolder: string | null;
      /** what somebody agrees to who accepts a quote */
      readonly quoteTerms: string;
      /** accepting a quote above it needs a mailed code; null: never */
      readonly decisionCodeAbove: string | null;
      readonly fileNamePatterns: { readonly [key: string]: unknown };
      readonly plan: string | null;
      /** what the plan holds; null: everything */
      readonly features: (string)[] | null;
      readonly createdAt: string;
    };
    CompanyEdit: {
      readonly name?: string;
      readonly address?: string;
      readonly country?: string;
      readonly vatId?: string | null;
      readonly language?: "en" | "fr" | "it" | "ro" | "de" | "nl";
      readonly timeZone?: string;
      readonly brandColor?: string | null;
      /** `none`, `links` (the portal only), `full` (the pixel too) */
      readonly trackingMode?: "none" | "links" | "full";
      /** `consent`: who was not asked is not tracked; `other`: another legal basis */
      readonly trackingBasis?: "consent" | "other";
      /** in which people can take a send back */
      readonly undoSeconds?: number;
      /** how long links open documents */
      readonly linkDays?: number;
      /** how long the detailed history is kept */
      readonly retentionDays?: number;
      /** `automatic`: a recipient who asks that what is recorded about him be erased has it at once */
      readonly erasureOnRequest?: "ask" | "automatic";
      /** the month in which the business year begins */
      readonly fiscalMonth?: number;
      /** narrower for some kinds */
      readonly trackingByKind?: { readonly [key: string]: unknown };
      /** hints that are not shown */
      readonly hintsOff?: (string)[];
      /** null: attached with an own sender, linked with the platform’s */
      readonly attachDocuments?: boolean | null;
      readonly defaultCc?: (string)[];
      readonly defaultBcc?: (string)[];
      readonly copyToSender?: boolean;
      /** registered and confidential deliveries do not name the sender before acceptance, unless the send says otherwise */
      readonly hideSender?: boolean;
      /** answers come to us, are recorded and passed on */
      readonly trackReplies?: boolean;
      /** lines at the foot of letters */
      readonly letterFooter?: string;
      /** https address; braces may hold number, amount, cents, currency, customer */
      readonly paymentLink?: string | null;
      readonly iban?: string | null;
      readonly bic?: string | null;
      /** null: the company’s name */
      readonly accountHolder?: string | null;
      /** what somebody agrees to who accepts a quote */
      readonly quoteTerms?: string;
      /** accepting a quote above it needs a mailed code; null: never */
      readonly decisionCodeAbove?: string | null;
      readonly fileNamePatterns?: { readonly [key: string]: unknown };
    };
    Plan: {
      /** null: the usual one, or no plans at all */
      readonly plan: string | null;
      /** null: everything */
      readonly features: (string)[] | null;
      /** e-mails to recipients accepted in the month of the company’s clocks; it begins anew at `until`. null: no limit */
      readonly messagesPerMonth: {
        readonly limit: number;
        readonly used: number;
        readonly since: string;
        readonly until: string;
      } | null;
      /** people, those included who are invited; `limit` null: no limit */
      readonly users: {
        readonly limit: number | null;
        readonly used: number;
      };
    };
    Sender: {
      readonly id: string;
      readonly method: "smtp" | "sandbox" | "platform" | "domain" | "google" | "microsoft" | "open";
      readonly name: string;
      readonly address: string;
      readonly replyTo: string | null;
      /** false: in another domain than `address`; answers go to whoever sends until its code has come back */
      readonly replyToConfirmed: boolean;
      /** whose server and password it uses */
      readonly viaSenderId: string | null;
      readonly state: "unchecked" | "valid" | "broken";
      readonly problem: string | null;
      readonly checkedAt: string | null;
      readonly isDefault: boolean;
      /** of a server of your own; null for all others */
      readonly settings: {
        readonly host: string;
        readonly port: number;
        /** `implicit`: TLS from the first byte; `starttls`: STARTTLS or nothing */
        readonly security: "implicit" | "starttls" | "opportunistic" | "none";
        readonly user: string | null;
        readonly verifyCertificate: boolean;
        readonly maxConnections: number;
      } | null;
      /** what is over one waits for its turn */
      readonly limits: {
        readonly perMinute: number | null;
        readonly perHour: number | null;
        readonly perDay: number | null;
      };
      /** of senders that leave through the installation */
      readonly tls: "opportunistic" | "encrypted" | "verified" | null;
      /** with `google` and `microsoft`: its mailbox may be opened by IMAP, to see what comes back and to keep one copy in Sent */
      readonly usesMailbox: boolean | null;
      readonly hasPassword: boolean;
      /** with `google` and `microsoft`: the page of this installation on which the owner of the account connects it (again), signed in as an owner of the company */
      readonly connectPath: string | null;
      readonly createdAt: string;
    };
    NewSender: {
      readonly method: "smtp" | "platform" | "domain" | "google" | "microsoft" | "open" | "sandbox";
      /** not needed for `platform` */
      readonly address?: string;
      readonly name?: string;
      readonly replyTo?: string | null;
      readonly settings?: {
        readonly host: string;
        readonly port?: number;
        /** `implicit`: TLS from the first byte; `starttls`: STARTTLS or nothing */
        readonly security: "implicit" | "starttls" | "opportunistic" | "none";
        readonly user?: string | null;
        readonly verifyCertificate?: boolean;
        readonly maxConnections?: number;
      };
      /** with `smtp`, instead of `settings`: uses server and password of that sender */
      readonly viaSenderId?: string;
      /** how well the way to the recipient must be protected: whatever is offered, any TLS, TLS with a good certificate; the last two never fall back */
      readonly tls?: "opportunistic" | "encrypted" | "verified";
      readonly limits?: {
        readonly perMinute?: number | null;
        readonly perHour?: number | null;
        readonly perDay?: number | null;
      };
      /** with `google` and `microsoft`: its mailbox may be opened by IMAP, to see what comes back and to keep one copy in Sent */
      readonly usesMailbox?: boolean;
      /** kept encrypted, never shown */
      readonly password?: string;
    };
    SenderEdit: {
      readonly address?: string;
      readonly name?: string;
      readonly replyTo?: string | null;
      readonly settings?: {
        readonly host?: string;
        readonly port?: number;
        /** `implicit`: TLS from the first byte; `starttls`: STARTTLS or nothing */
        readonly security?: "implicit" | "starttls" | "opportunistic" | "none";
        readonly user?: string | null;
        readonly verifyCertificate?: boolean;
        readonly maxConnections?: number;
      };
      /** how well the way to the recipient must be protected: whatever is offered, any TLS, TLS with a good certificate; the last two never fall back */
      readonly tls?: "opportunistic" | "encrypted" | "verified";
      readonly limits?: {
        readonly perMinute?: number | null;
        readonly perHour?: number | null;
        readonly perDay?: number | null;
      };
      /** with `google` and `microsoft`: its mailbox may be opened by IMAP, to see what comes back and to keep one copy in Sent */
      readonly usesMailbox?: boolean;
      /** kept encrypted, never shown */
      readonly password?: string;
      /** makes it the sender that is used unless another is chosen */
      readonly isDefault?: true;
    };
    SenderCheck: {
      readonly works: boolean;
      /** why not, as a stable word */
      readonly problem: string | null;
      readonly steps: ({
        readonly step: string;
        readonly ok: boolean;
        readonly ms: number;
        readonly problem: string | null;
        /** what the server said */
        readonly answer: string | null;
      })[];
      readonly transcript: ({
        readonly from: "client" | "server" | "note";
        readonly text: string;
        readonly atMs: number;
      })[];
      readonly testMail: {
        readonly accepted: boolean;
        readonly problem: string | null;
        readonly answer: string;
      } | null;
      readonly sender: components['schemas']['Sender'];
    };
    CodeMailed: {
      readonly address: string;
    };
    SelfTest: {
      readonly id: string;
      readonly senderId: string;
      /** how it is seen again: `return_host`: by the server of this installation for what comes back; `mailbox`: in the mailbox of the sender that is read by IMAP; `pasted`: by its source, which you send */
      readonly way: "return_host" | "mailbox" | "pasted";
      readonly to: string;
      readonly state: "waiting" | "arrived" | "not_sent" | "came_back";
      /** what a server said where it did not arrive */
      readonly answer: string | null;
      readonly findings: {
        readonly envelopeFrom: {
          /** `wrapped`: changed, but leads back (SRS, BATV); `unknown`: it could not be seen */
          readonly verdict: "kept" | "wrapped" | "changed" | "missing" | "unknown";
          readonly sent: string;
          readonly found: string | null;
        };
        readonly header: {
          /** `wrapped`: changed, but leads back (SRS, BATV); `unknown`: it could not be seen */
          readonly verdict: "kept" | "wrapped" | "changed" | "missing" | "unknown";
          readonly sent: string;
          readonly found: string | null;
        };
        readonly messageId: {
          /** `wrapped`: changed, but leads back (SRS, BATV); `unknown`: it could not be seen */
          readonly verdict: "kept" | "wrapped" | "changed" | "missing" | "unknown";
          readonly sent: string;
          readonly found: string | null;
        };
        readonly from: {
          /** `wrapped`: changed, but leads back (SRS, BATV); `unknown`: it could not be seen */
          readonly verdict: "kept" | "wrapped" | "changed" | "missing" | "unknown";
          readonly sent: string;
          readonly found: string | null;
        };
        readonly signature: {
          readonly result: "pass" | "fail" | "none" | "unknown";
          readonly domain: string | null;
          readonly aligned: boolean;
        };
      } | null;
      /** by what a bounce will find its mail; `mailbox_unread`, `elsewhere`, `no_return_host`: it is not seen here; null until the test has arrived */
      readonly bounces: "return_path" | "header" | "message_id" | "recipient" | "mailbox_unread" | "elsewhere" | "no_return_host" | "unknown" | null;
      readonly answers: "address" | "message_id" | "recipient" | "unseen" | null;
      /** address or server are others by now: test again */
      readonly isStale: boolean;
      readonly sentAt: string;
      readonly endedAt: string | null;
    };
    SelfTestOrder: {
      /** absent: the one that tells most */
      readonly way?: "return_host" | "mailbox" | "pasted";
      /** with `pasted`: where the test mail goes */
      readonly to?: string;
    };
    SelfTestSource: {
      /** the test mail as it arrived, or its headers alone; it is read and not kept */
      readonly source: string;
    };
    SenderRule: {
      /** `at_send`: the default, unless a dispatch names another; `per_user`, `per_kind`: as assigned here; `per_template`: the one that the text is tied to */
      readonly rule: "at_send" | "per_user" | "per_kind" | "per_template";
      /** user id → sender id; a key sends as the owner */
      readonly users: { readonly [key: string]: string };
      /** kind of document → sender id */
      readonly kinds: { readonly [key: string]: string };
      /** template id → sender id */
      readonly templates: { readonly [key: string]: string };
    };
    SenderRulePut: {
      /** `at_send`: the default, unless a dispatch names another; `per_user`, `per_kind`: as assigned here; `per_template`: the one that the text is tied to */
      readonly rule: "at_send" | "per_user" | "per_kind" | "per_template";
      /** user id → sender id; a key sends as the owner */
      readonly users?: { readonly [key: string]: string };
      /** kind of document → sender id */
      readonly kinds?: { readonly [key: string]: string };
      /** template id → sender id; null takes the tie away */
      readonly templates?: { readonly [key: string]: string | null };
    };
    Template: {
      /** null: it comes with Envoi */
      readonly id: string | null;
      /** of the document; `several` for a mail with several documents */
      readonly kind: "invoice" | "quote" | "credit_note" | "proforma" | "delivery_note" | "work_report" | "order" | "receipt" | "statement" | "other" | "several";
      readonly purpose: "first" | "reminder" | "resend";
      readonly language: "en" | "fr" | "it" | "ro" | "de" | "nl";
      readonly name: string | null;
      readonly subject: string;
      /** with Liquid variables; what a mail may not hold is taken out */
      readonly html: string;
      /** mails with this text go out from it; null: as the other rules say */
      readonly senderId: string | null;
      /** why its sender does not work, so that what is sent with this text waits; null: it goes out */
      readonly senderProblem: string | null;
      /** taken when nobody chooses another */
      readonly isDefault: boolean;
      readonly version: number;
      readonly updatedAt: string | null;
    };
    TemplatePut: {
      /** of the document; `several` for a mail with several documents */
      readonly kind: "invoice" | "quote" | "credit_note" | "proforma" | "delivery_note" | "work_report" | "order" | "receipt" | "statement" | "other" | "several";
      readonly purpose: "first" | "reminder" | "resend";
      readonly language: "en" | "fr" | "it" | "ro" | "de" | "nl";
      /** absent: the default of this cell */
      readonly name?: string;
      readonly subject?: string;
      /** with Liquid variables; what a mail may not hold is taken out */
      readonly html?: string;
      /** plain text, instead of `html` */
      readonly text?: string;
      /** mails with this text go out from it; null: as the other rules say */
      readonly senderId?: string | null;
      readonly isDefault?: boolean;
    };
    TriedTemplate: {
      readonly subject: string;
      readonly html: string;
      /** variables that have no value for this document */
      readonly missing: (string)[];
      /** where the template itself breaks */
      readonly problem: string | null;
    };
    TemplateTry: {
      readonly documentId: string;
      readonly templateId?: string | null;
      readonly purpose?: "first" | "reminder" | "resend";
      readonly language?: "en" | "fr" | "it" | "ro" | "de" | "nl";
      readonly subject?: string;
      /** with Liquid variables; what a mail may not hold is taken out */
      readonly html?: string;
    };
    Domain: {
      readonly id: string;
      /** in ASCII (A-labels) */
      readonly name: string;
      readonly state: "pending" | "valid" | "warning" | "broken";
      readonly records: (components['schemas']['DomainRecord'])[];
      readonly keys: ({
        readonly selector: string;
        readonly algorithm: string;
        readonly state: "signing" | "spare" | "old" | "gone";
        readonly signingSince: string | null;
        /** of an old key: from then on its record may be deleted */
        readonly removableFrom: string | null;
      })[];
      readonly fallbackSenderId: string | null;
      readonly checkedAt: string | null;
      readonly createdAt: string;
    };
    DomainRecord: {
      readonly purpose: "dkim" | "dkim_spare" | "dkim_ed25519" | "return_path_mx" | "return_path_spf" | "dmarc" | "spf";
      readonly type: "TXT" | "MX";
      readonly name: string;
      readonly expected: string;
      readonly found: (string)[];
      readonly valid: boolean;
      /** without it no mail is sent from the domain */
      readonly required: boolean;
      /** why it is not valid, as a stable word */
      readonly problem: string | null;
      /** who answered, and for how many seconds others keep that answer */
      readonly asked: {
        readonly server: string;
        readonly isOwnServer: boolean;
        readonly ttl: number;
      } | null;
      /** of DMARC: what receivers are asked to do */
      readonly policy: "none" | "quarantine" | "reject" | null;
    };
    NewDomain: {
      /** the domain alone */
      readonly name: string;
      /** adds a second signature for receivers that know Ed25519 */
      readonly ed25519?: boolean;
    };
    DomainEdit: {
      /** sends instead while the domain is broken; null: mail is held */
      readonly fallbackSenderId?: string | null;
      /** signs with the spare key from now on, and makes a new spare */
      readonly rotateKey?: true;
    };
    Mailbox: {
      readonly senderId: string;
      readonly host: string;
      readonly port: number;
      /** TLS from the start (port 993), after the greeting (143), or none */
      readonly security: "implicit" | "starttls" | "none";
      readonly user: string | null;
      /** false: the password for sending is used */
      readonly hasPassword: boolean;
      readonly verifyCertificate: boolean;
      /** a copy of each dispatch goes into its Sent folder */
      readonly keepsSent: boolean;
      readonly state: "unchecked" | "working" | "broken";
      readonly problem: string | null;
      readonly checkedAt: string | null;
    };
    MailboxInput: {
      readonly host?: string;
      readonly port?: number;
      /** TLS from the start (port 993), after the greeting (143), or none */
      readonly security?: "implicit" | "starttls" | "none";
      /** absent: the user for sending */
      readonly user?: string | null;
      /** absent: as it was; null: the password for sending */
      readonly password?: string | null;
      readonly verifyCertificate?: boolean;
      /** files one copy of each dispatch from now on in its Sent folder; absent: as it was */
      readonly keepSent?: boolean;
    };
    Calendar: {
      /** reminders and office hours leave weekends and free days out */
      readonly avoids: boolean;
      readonly country: string;
      /** a part of the country, as in ISO 3166-2; null: all of it */
      readonly region: string | null;
      readonly year: number;
      readonly days: ({
        readonly day: string;
        readonly name: string;
        readonly from: "public" | "own";
        /** false: the company works on it */
        readonly isFree: boolean;
      })[];
    };
    NetworkStanding: {
      readonly listed: boolean;
      readonly listedAt: string | null;
      /** what others find the company by while it is listed */
      readonly names: ({
        /** `vat:…` or `domain:…` */
        readonly name: string;
        /** `operator`: he has confirmed it; `dns`: the domain’s records prove it */
        readonly proof: "operator" | "dns";
      })[];
      /** stated by the company, not confirmed by the operator: found by it is nobody */
      readonly unconfirmedVatId: string | null;
    };
    NetworkBlock: {
      readonly companyId: string;
      readonly company: string;
      readonly blockedAt: string;
    };
    Received: {
      readonly id: string;
      readonly from: {
        readonly name: string;
        /** as the company says */
        readonly vatId: string | null;
        /** what it had proven of itself; empty: nothing */
        readonly proven: (string)[];
      };
      readonly kind: "invoice" | "quote" | "credit_note" | "proforma" | "delivery_note" | "work_report" | "order" | "receipt" | "statement" | "other";
      readonly number: string | null;
      readonly issueDate: string | null;
      readonly dueDate: string | null;
      readonly currency: string | null;
      /** decimal as a string */
      readonly total: string | null;
      /** decimal as a string */
      readonly amountDue: string | null;
      readonly subject: string;
      readonly text: string;
      readonly source: {
        readonly format: string;
        readonly fileName: string;
        readonly sha256: string;
        readonly bytes: number;
        readonly mediaType: string;
        readonly hasXml: boolean;
      };
      readonly state: "new" | "accepted" | "rejected";
      readonly reason: string | null;
      /** a newer version that was received */
      readonly replacedBy: string | null;
      /** how often it was handed over */
      readonly times: number;
      readonly receivedAt: string;
      readonly decidedAt: string | null;
      /** since when the sender has the decision */
      readonly toldAt: string | null;
    };
    Incamail: {
      /** off: its services are offered nowhere */
      readonly isActive: boolean;
      /** mails go out from it, receipts come to it */
      readonly address: string;
      readonly user: string;
      readonly host: string;
      readonly port: number;
      readonly security: "implicit" | "starttls" | "opportunistic" | "none";
      readonly verifyCertificate?: boolean;
      /** how the provider is told the service of a mail */
      readonly marking: "subject" | "header" | "none";
      /** with marking `header` */
      readonly headerName?: string;
      /** put after addresses */
      readonly suffix?: string;
      /** addresses or domains of receipts */
      readonly receiptsFrom: (string)[];
      /** PEM: whom you trust to issue their certificates */
      readonly roots?: string;
      /** of a whole mail */
      readonly mostBytes: number;
      readonly senderId: string;
      readonly hasPassword: boolean;
      readonly state: "unchecked" | "valid" | "broken";
      readonly problem: string | null;
    };
    IncamailInput: {
      /** off: its services are offered nowhere */
      readonly isActive: boolean;
      /** mails go out from it, receipts come to it */
      readonly address: string;
      readonly user: string;
      readonly host: string;
      readonly port: number;
      readonly security: "implicit" | "starttls" | "opportunistic" | "none";
      readonly verifyCertificate?: boolean;
      /** how the provider is told the service of a mail */
      readonly marking: "subject" | "header" | "none";
      /** with marking `header` */
      readonly headerName?: string;
      /** put after addresses */
      readonly suffix?: string;
      /** addresses or domains of receipts */
      readonly receiptsFrom: (string)[];
      /** PEM: whom you trust to issue their certificates */
      readonly roots?: string;
      /** of a whole mail */
      readonly mostBytes: number;
      /** absent: as it was */
      readonly password?: string;
    };
    ProviderReceipt: {
      readonly id: string;
      readonly provider: string;
      readonly kind: "submitted" | "accepted" | "refused" | "expired" | "undeliverable" | "blocked" | "unknown";
      readonly signature: {
        readonly result: "valid" | "unknown_root" | "unconfirmed" | "unsigned" | "no_pdf";
        readonly claimedAt: string | null;
        readonly stampedAt: string | null;
        /** the last one, where several have signed */
        readonly signer: string | null;
        readonly issuer: string | null;
        /** all who signed, first to last */
        readonly signers?: ({
          readonly signer: string;
          readonly issuer: string;
          readonly claimedAt: string | null;
          readonly stampedAt: string | null;
          readonly trusted: boolean;
        })[];
        /** bytes that came into the PDF after the last signature; nothing is read from them */
        readonly addedAfter?: number;
        readonly why: string | null;
      };
      readonly mailSha256: string;
      readonly pdfSha256: string | null;
      readonly receivedAt: string;
      readonly messageId: string;
      readonly kindFrom: "pdf" | "mail" | "neither";
      /** `person`: somebody tied it by hand */
      readonly matchedBy: "message_id" | "address" | "person";
      /** whether the state of the delivery follows it */
      readonly counted: boolean;
    };
    UntiedReceipt: {
      readonly id: string;
      readonly provider: string;
      readonly kind: "submitted" | "accepted" | "refused" | "expired" | "undeliverable" | "blocked" | "unknown";
      readonly signature: {
        readonly result: "valid" | "unknown_root" | "unconfirmed" | "unsigned" | "no_pdf";
        readonly claimedAt: string | null;
        readonly stampedAt: string | null;
        /** the last one, where several have signed */
        readonly signer: string | null;
        readonly issuer: string | null;
        /** all who signed, first to last */
        readonly signers?: ({
          readonly signer: string;
          readonly issuer: string;
          readonly claimedAt: string | null;
          readonly stampedAt: string | null;
          readonly trusted: boolean;
        })[];
        /** bytes that came into the PDF after the last signature; nothing is read from them */
        readonly addedAfter?: number;
        readonly why: string | null;
      };
      readonly mailSha256: string;
      readonly pdfSha256: string | null;
      readonly receivedAt: string;
      readonly from: string;
      readonly subject: string;
    };
    Delivery: {
      readonly messageId: string;
      readonly dispatchId: string;
      readonly documentIds: (string)[];
      /** `own`: behind a code of ours */
      readonly provider: "own" | "incamail";
      readonly service: "registered" | "confidential" | "incamail_confidential" | "incamail_personal" | "incamail_registered";
      readonly address: string;
      /** `submitted` and `blocked`: an outside provider alone says so */
      readonly state: "waiting" | "accepted" | "refused" | "expired" | "opened" | "withdrawn" | "undeliverable" | "submitted" | "blocked";
      /** who says the state: nobody yet; our own record of what was done after a code, or of a mail that did not leave or came back; a receipt of the provider whose signature you trust; a mail of it that nobody has signed */
      readonly saidBy: "nobody" | "own_record" | "signed_receipt" | "unsigned_mail";
      readonly senderHidden: boolean;
      /** null: the provider decides */
      readonly days: number | null;
      /** while it waits, once the notice has left */
      readonly daysLeft: number | null;
      readonly notifiedAt: string | null;
      readonly deadlineAt: string | null;
      readonly decidedAt: string | null;
      /** the delegate who answered; null: the recipient */
      readonly decidedBy: string | null;
      readonly handedOverAt: string | null;
      /** the delegate to whom the content went first */
      readonly handedOverTo: string | null;
      /** colleagues to whom the recipient has handed it, ended ones too */
      readonly delegates: ({
        /** of the mail that told him */
        readonly id: string;
        readonly name: string;
        readonly address: string;
        readonly createdAt: string;
        /** the recipient has taken it back */
        readonly endedAt: string | null;
      })[];
      readonly createdAt: string;
    };
    ContentErased: {
      readonly dispatchId: string;
      readonly erasedAt: string;
      /** archived mails that are gone */
      readonly mails: number;
      /** files that are gone from the store */
      readonly files: number;
    };
    Notice: {
      readonly id: string;
      readonly kind: "message_failed" | "message_held" | "message_unconfirmed" | "message_delayed" | "message_complained" | "sender_broken" | "sent_copy_failed" | "domain_warning" | "domain_broken" | "webhook_disabled" | "customer_accepted" | "customer_refused" | "customer_paid" | "customer_disputed" | "customer_replied" | "customer_misdirected" | "customer_delegated" | "erasure_requested" | "export_requested" | "reminders_wait" | "reminders_blocked" | "reminders_bank_old" | "send_rule_refused" | "network_received" | "network_accepted" | "network_rejected" | "network_failed" | "reply_kept" | "receipt_unmatched" | "plan_limit_near" | "plan_limit_reached";
      /** the message, sender, webhook, received document, hand-over or provider that it is about */
      readonly subjectId: string;
      readonly dispatchId: string | null;
      readonly documentId: string | null;
      readonly problem: string | null;
      readonly reason: string | null;
      /** what the other side wrote */
      readonly text: string | null;
      readonly openedAt: string;
    };
    DigestSetting: {
      /** `at_once`: what comes within two minutes in one mail; `daily`: one mail; `off`: none */
      readonly mode: "at_once" | "daily" | "off";
      /** of the daily mail, by the company’s clocks */
      readonly hour: number;
    };
    Member: {
      readonly id: string;
      readonly email: string;
      readonly firstName: string;
      readonly lastName: string;
      /** `owner`: everything; `member`: sends and works; `accountant`: looks */
      readonly role: "owner" | "member" | "accountant";
      /** kinds of document that a `member` may send; null: all */
      readonly kinds: (string)[] | null;
      /** senders that a `member` may use; null: all */
      readonly senderIds: (string)[] | null;
      readonly since: string;
    };
    MemberEdit: {
      /** `owner`: everything; `member`: sends and works; `accountant`: looks */
      readonly role?: "owner" | "member" | "accountant";
      readonly kinds?: (string)[] | null;
      readonly senderIds?: (string)[] | null;
    };
    Invitation: {
      readonly id: string;
      readonly purpose: "join" | "reset";
      readonly email: string;
      /** `owner`: everything; `member`: sends and works; `accountant`: looks */
      readonly role: "owner" | "member" | "accountant";
      readonly createdAt: string;
      readonly expiresAt: string;
    };
    InvitationWithUrl: {
      readonly id: string;
      readonly purpose: "join" | "reset";
      readonly email: string;
      /** `owner`: everything; `member`: sends and works; `accountant`: looks */
      readonly role: "owner" | "member" | "accountant";
      readonly createdAt: string;
      readonly expiresAt: string;
      /** for that person; works once; in this answer only */
      readonly url: string;
    };
    NewInvitation: {
      readonly email: string;
      /** `owner`: everything; `member`: sends and works; `accountant`: looks */
      readonly role: "owner" | "member" | "accountant";
    };
    SingleSignOn: {
      readonly issuer: string;
      readonly clientId: string;
      /** what an uninvited person with an address at a proved domain becomes; null: nobody */
      readonly newcomerRole: "member" | "accountant" | null;
      /** members and accountants have no other way in; owners keep theirs. Possible once `lastUsedAt` is set */
      readonly isRequired: boolean;
      /** the redirect URI to register with the issuer */
      readonly returnAddress: string;
      /** by which people of the company come in */
      readonly link: string;
      readonly changedAt: string;
      readonly lastUsedAt: string | null;
    };
    SingleSignOnInput: {
      readonly issuer: string;
      readonly clientId: string;
      /** what an uninvited person with an address at a proved domain becomes; null: nobody */
      readonly newcomerRole?: "member" | "accountant" | null;
      /** members and accountants have no other way in; owners keep theirs. Possible once `lastUsedAt` is set */
      readonly isRequired?: boolean;
      /** kept encrypted and never shown; absent: the one that is kept, while issuer and client stay the same */
      readonly clientSecret?: string;
    };
    ApiKey: {
      readonly id: string;
      readonly name: string;
      /** `read`: looks; `send`: sends and works as well; `all`: also settings, people and keys */
      readonly rights: "read" | "send" | "all";
      /** whatever it sends stays in the sandbox */
      readonly isTest: boolean;
      /** the last four characters */
      readonly hint: string;
      readonly createdAt: string;
      readonly lastUsedAt: string | null;
      /** null: it has no end */
      readonly expiresAt: string | null;
    };
    ApiKeyWithSecret: {
      readonly id: string;
      readonly name: string;
      /** `read`: looks; `send`: sends and works as well; `all`: also settings, people and keys */
      readonly rights: "read" | "send" | "all";
      /** whatever it sends stays in the sandbox */
      readonly isTest: boolean;
      /** the last four characters */
      readonly hint: string;
      readonly createdAt: string;
      readonly lastUsedAt: string | null;
      /** null: it has no end */
      readonly expiresAt: string | null;
      /** shown this once */
      readonly key: string;
    };
    NewApiKey: {
      readonly name: string;
      /** `read`: looks; `send`: sends and works as well; `all`: also settings, people and keys */
      readonly rights?: "read" | "send" | "all";
      readonly isTest?: boolean;
      /** absent: as the key that asks */
      readonly expiresAt?: string | null;
    };
    SubmissionLogin: {
      readonly id: string;
      readonly name: string;
      readonly username: string;
      /** the last four characters of the password */
      readonly hint: string;
      /** `none`, `links` (the portal only), `full` (the pixel too) */
      readonly tracking: "none" | "links" | "full";
      readonly attach: boolean;
      readonly link: boolean;
      readonly ownText: boolean;
      readonly createdAt: string;
      readonly lastUsedAt: string | null;
    };
    SubmissionLoginWithPassword: {
      readonly id: string;
      readonly name: string;
      readonly username: string;
      /** the last four characters of the password */
      readonly hint: string;
      /** `none`, `links` (the portal only), `full` (the pixel too) */
      readonly tracking: "none" | "links" | "full";
      readonly attach: boolean;
      readonly link: boolean;
      readonly ownText: boolean;
      readonly createdAt: string;
      readonly lastUsedAt: string | null;
      /** shown this once */
      readonly password: string;
    };
    NewSubmissionLogin: {
      readonly name: string;
      /** `none`, `links` (the portal only), `full` (the pixel too) */
      readonly tracking?: "none" | "links" | "full";
      readonly attach?: boolean;
      readonly link?: boolean;
      /** false: the text of the template */
      readonly ownText?: boolean;
    };
    WatchedFolder: {
      /** `never`: files become documents only; `named`: they are sent when a sidecar names recipients; `always`: otherwise to the contacts of their customer */
      readonly send: "never" | "named" | "always";
    };
    Suppression: {
      readonly id: string;
      readonly address: string;
      /** why it may not be mailed */
      readonly reason: "mailbox_unknown" | "mailbox_disabled" | "domain_unknown" | "complaint" | "manual";
      /** who said so: a server in the conversation, a report that came back, a person, a program */
      readonly origin: "server" | "report" | "user" | "program";
      /** the message whose fate was the cause */
      readonly messageId: string | null;
      readonly note: string | null;
      readonly addedAt: string;
    };
    NewSuppression: {
      readonly address: string;
      /** why, for people */
      readonly note?: string | null;
    };
    LegalHold: {
      readonly dispatchId: string;
      readonly reason: string;
      readonly placedBy: string;
      readonly placedAt: string;
    };
    RetentionReport: {
      readonly retentionDays: number;
      /** details from before are deleted now */
      readonly before: string;
      readonly days: ({
        readonly day: string;
        readonly before: string;
        readonly messages: number;
        readonly hits: number;
        readonly fields: number;
        readonly dnsAnswers: number;
      })[];
      /** what would be gone, were it not for legal holds */
      readonly held: {
        readonly dispatches: number;
        readonly hits: number;
      };
      readonly next: {
        /** when the oldest detail is due */
        readonly at: string | null;
        /** due within 30 days */
        readonly hits: number;
      };
    };
    PersonRecord: {
      readonly address: string;
      readonly exportedAt: string;
      /** with consent, and when and how it was given */
      readonly contacts: (unknown)[];
      /** of contact and consent, oldest first */
      readonly changes: (unknown)[];
      readonly messageCount: number;
      /** newest first, with counts and visits */
      readonly messages: (unknown)[];
      /** null where these were the last messages */
      readonly nextCursor: string | null;
    };
    CompanyExport: {
      readonly id: string;
      readonly state: "waiting" | "ready" | "failed" | "expired";
      /** of all tables together */
      readonly rows: number;
      readonly files: number;
      /** files that rows name and that could not be read */
      readonly missing: number;
      /** of what stands in the ZIP */
      readonly bytes: number;
      readonly createdAt: string;
      readonly readyAt: string | null;
      readonly expiresAt: string | null;
    };
    Webhook: {
      readonly id: string;
      readonly url: string;
      readonly description: string;
      readonly events: (string)[];
      /** `failing`: nothing worked for three days; `gone`: it answered 410. Both end by `active` */
      readonly state: "active" | "paused" | "failing" | "gone";
      readonly failingSince: string | null;
      readonly createdAt: string;
    };
    WebhookWithSecret: {
      readonly id: string;
      readonly url: string;
      readonly description: string;
      readonly events: (string)[];
      /** `failing`: nothing worked for three days; `gone`: it answered 410. Both end by `active` */
      readonly state: "active" | "paused" | "failing" | "gone";
      readonly failingSince: string | null;
      readonly createdAt: string;
      /** `whsec_…` of Standard Webhooks; shown this once */
      readonly secret: string;
    };
    NewWebhook: {
      readonly url: string;
      readonly description?: string;
      /** types, or `visit.*`; empty: everything */
      readonly events?: (string)[];
    };
    WebhookEdit: {
      readonly url?: string;
      readonly description?: string;
      /** types, or `visit.*`; empty: everything */
      readonly events?: (string)[];
      readonly state?: "active" | "paused";
    };
    WebhookTest: {
      readonly deliveryId: string;
      readonly delivered: boolean;
      readonly attempt: {
        readonly n: number;
        readonly at: string;
        readonly durationMs: number;
        readonly status: number | null;
        /** why it was no delivery, as a stable word */
        readonly problem: string | null;
        /** the first 2 kB of what was answered */
        readonly answer: string;
      };
    };
    WebhookReplay: {
      readonly count: number;
    };
    WebhookDelivery: {
      readonly id: string;
      readonly webhookId: string;
      /** the header `webhook-id` */
      readonly eventId: string;
      readonly eventType: string;
      readonly state: "waiting" | "delivered" | "failed";
      readonly attempts: number;
      /** when it is tried next */
      readonly dueAt: string | null;
      readonly createdAt: string;
      readonly settledAt: string | null;
    };
    WebhookDeliveryDetail: {
      readonly id: string;
      readonly webhookId: string;
      /** the header `webhook-id` */
      readonly eventId: string;
      readonly eventType: string;
      readonly state: "waiting" | "delivered" | "failed";
      readonly attempts: number;
      /** when it is tried next */
      readonly dueAt: string | null;
      readonly createdAt: string;
      readonly settledAt: string | null;
      /** what is sent, as text */
      readonly body: string | null;
      readonly log: ({
        readonly n: number;
        readonly at: string;
        readonly durationMs: number;
        readonly status: number | null;
        /** why it was no delivery, as a stable word */
        readonly problem: string | null;
        /** the first 2 kB of what was answered */
        readonly answer: string;
      })[];
    };
  };
}
