/** A browser at the page of a delivery behind a code: keeps its cookie, posts the token of the page that it sees. */
export interface DeliveryVisitor {
  get(to?: string): Promise<Response>;
  post(
    deed: string,
    form?: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>;
  /** As the browser would send it next. */
  cookie: string;
}

type Fetching = { fetch(request: Request, env: object): Response | Promise<Response> };

/** `path` is `/r/<token>`; `app` a web app of an installation at localhost. */
export function visitDelivery(app: Fetching, path: string): DeliveryVisitor {
  const visitor = { cookie: '' };
  const ask = async (to: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { cookie: visitor.cookie, host: 'localhost:3000', ...init.headers };
    const response = await app.fetch(new Request(`http://localhost:3000${to}`, { ...init, headers }), {});
    for (const line of response.headers.getSetCookie())
      if (!/Max-Age=0/i.test(line)) visitor.cookie = line.split(';')[0] ?? visitor.cookie;
    return response;
  };
  return Object.assign(visitor, {
    get: (to = path) => ask(to),
    post: async (
      deed: string,
      form: Readonly<Record<string, string>> = {},
      more: Readonly<Record<string, string>> = {},
    ) => {
      const page = await (await ask(`${path}?step=code`)).text();
      const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
      const body = new URLSearchParams({ csrf, ...form }).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded', ...more };
      return ask(`${path}/${deed}`, { method: 'POST', body, headers });
    },
  });
}
