/** The variables that this process was started with. Nothing else reads them. */
export function environment(): Readonly<Record<string, string | undefined>> {
  return process.env;
}
