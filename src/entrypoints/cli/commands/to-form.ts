/** A file goes as it is, the rest as JSON. */
export function toForm(body: object): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(body))
    form.set(name, value instanceof Blob ? value : JSON.stringify(value));
  return form;
}
