/** What was looked at: `good`, or what is wrong or could not be told, with what to do. */
export interface Finding {
  readonly name: string;
  readonly state: 'good' | 'bad' | 'unknown';
  readonly sentence: string;
}
