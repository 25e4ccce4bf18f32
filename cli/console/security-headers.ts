/**
 * The page runs only its own files, loads nothing else and talks to its own server only. Preact sets styles through the
 * object model of the document, which the policy permits without `unsafe-inline`.
 */
const POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'none'",
  "frame-ancestors 'none'", "require-trusted-types-for 'script'",
].join('; ');

/** The headers of every answer. */
export const SECURITY_HEADERS: { readonly [name: string]: string } = {
  'Content-Security-Policy': POLICY,
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};
