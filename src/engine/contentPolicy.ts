/**
 * What the page may load, as one Content-Security-Policy. It stands in the page itself (for hosts
 * that send no headers) and in the headers of every answer. `connect-src 'self'` is there for the
 * engine's own two files and for a study that lies beside the page; `enginePolicy` takes it away before
 * the engine starts.
 */
export const pagePolicy = toPolicy({
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'",
  "worker-src": "'self' blob:",
  "connect-src": "'self'",
  // Observable Plot writes a <style> into each chart
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data: blob:",
  "font-src": "'self'",
  "manifest-src": "'self'",
  "object-src": "'none'",
  "base-uri": "'none'",
  "form-action": "'none'",
});

/**
 * Added to the page's policy once the engine's files are here. A blob: worker inherits the policy
 * that its page has when it starts, so the engine can reach nothing: no other site, and
 * not its own host either, whose log would keep `read_csv('/?secret')`.
 */
export const enginePolicy = "connect-src 'none'";

/** The page for frames of other sites, which keeps nothing. */
export const framePage = "embed.html";

/** The headers of an answer, by its path; `frame-ancestors` works in a header only. */
export function headersOf(path: string): Record<string, string> {
  return /\/embed(\.html)?$/.test(path) ? frameHeaders : pageHeaders;
}

/** Of every answer but those of `framePage`. */
export const pageHeaders: Record<string, string> = {
  "Content-Security-Policy": `${pagePolicy}; frame-ancestors 'none'`,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy":
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
};

const frameHeaders: Record<string, string> = {
  ...pageHeaders,
  "Content-Security-Policy": `${pagePolicy}; frame-ancestors *`,
};

/**
 * The rules of a `_headers` file. Hosts give an answer the headers of all rules that fit it, and two policies both
 * hold: what only some answers have must not stand in the rule for all.
 */
export function headerRules(): string {
  const { "Content-Security-Policy": _, ...common } = pageHeaders;
  const rule = (path: string, headers: Record<string, string>) =>
    [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join("\n");
  const forever = { "Cache-Control": "public, max-age=31536000, immutable" };
  const policy = (value: string) => ({ "Content-Security-Policy": value });
  const alone = policy("frame-ancestors 'none'");
  return [
    rule("/*", { ...common, ...policy(pagePolicy) }),
    ...["/", "/index.html"].map((path) => rule(path, alone)),
    ...["/engine/*", "/assets/*"].map((path) => rule(path, forever)),
    "",
  ].join("\n");
}

function toPolicy(directives: Record<string, string>): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join("; ");
}
