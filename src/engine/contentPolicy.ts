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

/** The headers of every answer; `frame-ancestors` works in a header only. */
export const pageHeaders: Record<string, string> = {
  "Content-Security-Policy": `${pagePolicy}; frame-ancestors 'none'`,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy":
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
};

function toPolicy(directives: Record<string, string>): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join("; ");
}
