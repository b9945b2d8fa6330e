import { createServer, request as sendRequest } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export interface Proxy {
  url: string;
  /** `METHOD url` of every request that was not for an allowed origin; none was let through */
  strays: string[];
  /** lets requests to this origin (a loopback server of the test) through */
  allow: (origin: string) => void;
  close: () => Promise<void>;
}

// Chromium's own errands (updates, component lists, connectivity), which the flags do not all stop.
const browserHosts =
  /(^|\.)(google\.com|googleapis\.com|gvt1\.com|gvt2\.com|gstatic\.com|googleusercontent\.com)$/;

/** Stands in for the internet: everything that the browser asks of anybody comes by here. */
export async function startProxy(): Promise<Proxy> {
  const strays: string[] = [];
  const allowed = new Set<string>();
  const server = createServer((request, response) => {
    const url = URL.parse(request.url ?? "");
    if (url && allowed.has(url.origin)) return forward(url, request, response);
    note(request.method, url?.hostname ?? "", request.url);
    response.writeHead(502).end();
  });
  server.on("connect", (request: IncomingMessage, socket: Socket) => {
    note("CONNECT", (request.url ?? "").replace(/:\d+$/, ""), request.url);
    socket.on("error", () => undefined);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    strays,
    allow: (origin) => void allowed.add(origin),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };

  function note(method: string | undefined, host: string, url: string | undefined): void {
    if (!browserHosts.test(host)) strays.push(`${method} ${url}`);
  }
}

function forward(url: URL, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers } = request;
  const onward = sendRequest(url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(response);
    answer.on("error", () => response.destroy());
  });
  onward.on("error", () => response.destroy());
  request.pipe(onward);
}
