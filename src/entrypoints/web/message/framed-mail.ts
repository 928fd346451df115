/** What a frame shows of a mail: its HTML, else its text, else a note. */
export interface FramedMail {
  readonly html?: string | undefined;
  readonly text?: string | undefined;
  readonly note?: string;
}

/**
 * The mail for a sandboxed frame with a policy of its own. Its links lose where they lead: nothing that staff do here may be
 * counted as the customer's; the one to the portal opens the kept page at `frozenUrl`. What looks like a link still does. Our pixel is taken out before the policy has to refuse it.
 */
export function framedMail({ html, text, note }: FramedMail, portalUrl: string, frozenUrl?: string): string {
  if (html !== undefined)
    return retargeted(html.replaceAll(`${portalUrl}/o/`, 'data:,'), `${portalUrl}/d/`, frozenUrl);
  return `<!doctype html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head><body style="margin:16px;font:14px/1.5 system-ui,sans-serif"><pre style="white-space:pre-wrap;font:inherit">${escaped(text ?? note ?? '')}</pre></body></html>`;
}

/** `href="#"` leads to the frame's own beginning, and looks and is announced like the link that it was. */
function retargeted(html: string, portal: string, frozenUrl: string | undefined): string {
  return html.replace(
    /(<a\b[^>]*?\shref=)("[^"]*"|'[^']*'|[^\s>]+)/gi,
    (_, before: string, target: string) => {
      const isPortal = target.replace(/^["']/, '').startsWith(portal);
      return frozenUrl && isPortal
        ? `${before}"${frozenUrl}" target="_blank" rel="noopener"`
        : `${before}"#"`;
    },
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
