import { X509Certificate } from 'node:crypto';

/** Authorities that can have issued a certificate, as PEM texts. */
export interface Authorities {
  /** Used to build a path if the issuers are not sent with the certificate. They are trusted only through the root above them. */
  readonly intermediates: readonly string[];
  readonly roots: readonly string[];
}

/** A certificate, and the authorities that could have issued it. */
export interface CertificateChain {
  readonly leaf: X509Certificate;
  readonly intermediates: readonly X509Certificate[];
  readonly roots: readonly X509Certificate[];
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
/** Enough for a leaf and more issuers than public authorities use. */
const MAX_CERTIFICATES = 5;
const COMMON_NAME = /^CN=(.+)$/m;

/** Reads PEM text, leaf first, and selects the authorities that could have issued it. Undefined without a certificate, or with a broken one. */
export function readChain(pem: string, { intermediates, roots }: Authorities): CertificateChain | undefined {
  const [leaf, ...sent] = parseAll((pem.match(CERTIFICATE) ?? []).slice(0, MAX_CERTIFICATES)) ?? [];
  if (!leaf) {
    return undefined;
  }
  const between = [...sent, ...namesakes([leaf, ...sent], intermediates)];
  return { leaf, intermediates: between, roots: namesakes([leaf, ...between], roots) };
}

/**
 * Whether a certificate leads to a trusted root and has the expected name. Node
 * checks whole paths only in TLS connections. This check ignores revocation and
 * path length constraints. It is the second check, because the certificate
 * arrives over a TLS connection that Node checked.
 */
export function isTrusted(chain: CertificateChain, dnsName: string, now: Date): boolean {
  const isNamed = chain.leaf.checkHost(dnsName, { subject: 'never', wildcards: false }) !== undefined;
  return isNamed && isAnchored(chain.leaf, chain, now, MAX_CERTIFICATES);
}

function isAnchored(certificate: X509Certificate, chain: CertificateChain, now: Date, steps: number): boolean {
  return steps > 0 && isValidAt(certificate, now) && (
    chain.roots.some((root) => isIssuedBy(certificate, root) && isValidAt(root, now))
    || chain.intermediates.some((issuer) => isIssuedBy(certificate, issuer) && isAnchored(issuer, chain, now, steps - 1))
  );
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/** The whole last second counts (https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5). */
function isValidAt({ validFrom, validTo }: X509Certificate, now: Date): boolean {
  return Date.parse(validFrom) <= now.getTime() && now.getTime() < Date.parse(validTo) + 1000;
}

/**
 * The authorities whose bytes contain the name of an issuer. Parsing a
 * certificate takes about 0.2 ms, and there are over a hundred roots.
 */
function namesakes(certificates: readonly X509Certificate[], authorities: readonly string[]): readonly X509Certificate[] {
  const names = certificates.map(({ issuer }) => COMMON_NAME.exec(issuer)?.[1]).filter((name) => name !== undefined);
  return authorities.filter((pem) => names.some((name) => derBytes(pem).includes(name))).map((pem) => new X509Certificate(pem));
}

function derBytes(pem: string): Buffer {
  return Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
}

function parseAll(pems: readonly string[]): readonly X509Certificate[] | undefined {
  try {
    return pems.map((pem) => new X509Certificate(pem));
  } catch {
    return undefined;
  }
}
