/**
 * The headers of every answer, from the validator and from API Gateway itself: no cache stores it, no browser guesses its
 * type, and a browser that once opened the address uses TLS for the next year
 * (https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html#security-headers).
 */
export const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=31536000',
} as const;
