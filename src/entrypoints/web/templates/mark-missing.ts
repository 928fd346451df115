/** Cleaned HTML with each variable that has no value made visible; it stands there as `{{ name }}`. */
export function markMissing(html: string, missing: readonly string[]): string {
  return missing.reduce(
    (marked, name) =>
      marked.replaceAll(
        `{{ ${escaped(name)} }}`,
        `<span class="var" data-missing="">${escaped(name)}</span>`,
      ),
    html,
  );
}

/** A name comes from a template, where a quote or a bracket may be part of it. */
function escaped(name: string): string {
  return name
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
