import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { headersOf } from "../../../src/engine/contentPolicy.ts";

export interface ServeOptions {
  /** the folder that is served */
  root: string;
  /** the path it is served under, with slashes at both ends */
  under?: string;
  /** of every answer; those that the page is meant to have where absent */
  headers?: Record<string, string>;
  /** answers in place of the file when it returns true: a fault of the host, for example */
  answer?: (path: string, response: ServerResponse, request: IncomingMessage) => boolean;
}

export interface Site {
  /** where the page is, with the path it is served under */
  url: string;
  origin: string;
  /** `METHOD /path?query` of every request so far */
  requests: string[];
  close: () => Promise<void>;
}

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".gz": "application/gzip",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/** A static host on the loopback interface, any free port, that keeps a log of every request. */
export async function serve({
  root,
  under = "/",
  headers,
  answer = () => false,
}: ServeOptions): Promise<Site> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const path = decodeURIComponent((request.url ?? "/").split("?")[0] ?? "/");
    const sent = Object.entries(headers ?? headersOf(path));
    for (const [name, value] of sent) response.setHeader(name, value);
    if (answer(path, response, request)) return;
    void sendFile(response, path.startsWith(under) ? path.slice(under.length) : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: origin + under, origin, requests, close };

  async function sendFile(response: ServerResponse, path: string | undefined): Promise<void> {
    const name = path === "" ? "index.html" : path;
    const bytes =
      name === undefined || normalize(name).startsWith("..")
        ? undefined
        : await readFile(join(root, name)).catch(() => undefined);
    if (!bytes) {
      response.writeHead(404, { "Content-Type": "text/plain" }).end("not found");
      return;
    }
    response.setHeader("Content-Type", types[extname(name ?? "")] ?? "application/octet-stream");
    response.setHeader("Content-Length", bytes.length);
    response.end(bytes);
  }

  function close(): Promise<void> {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  }
}
