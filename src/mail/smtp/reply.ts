/** One complete answer of a server. */
export interface Reply {
  /** Three digits, 200 to 599. */
  readonly code: number;
  /** Enhanced status code such as `5.1.1` (RFC 3463), or null where the server gave none. */
  readonly enhanced: string | null;
  /** The text of every line without its code; control characters replaced, enhanced code left in place. */
  readonly lines: readonly string[];
}
