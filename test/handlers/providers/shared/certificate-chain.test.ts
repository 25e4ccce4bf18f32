import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { certify, LIVE_NAME, payPalAuthority, SANDBOX_NAME, type Certified, type CertificateOptions } from '../../../../handlers/providers/paypal/sample-certificates';
import { KNOWN_INTERMEDIATES, RETIRED_ROOTS } from '../../../../handlers/providers/shared/certificate-authorities';
import { isTrusted, readChain, type Authorities } from '../../../../handlers/providers/shared/certificate-chain';

const NOW = new Date('2026-06-30T12:00:00Z');

let root: Certified;
let intermediate: Certified;
let live: Certified;

beforeAll(async () => {
  ({ root, intermediate, live } = await payPalAuthority());
});

const authorities = (given: Partial<Authorities> = {}): Authorities => ({ intermediates: [], roots: [root.pem], ...given });
const pemOf = (...certified: readonly Certified[]) => certified.map(({ pem }) => pem).join('\n');
const trusts = (pem: string, given: Authorities = authorities(), now = NOW, name = LIVE_NAME) => isTrusted(readChain(pem, given)!, name, now);
const leafBy = async (by: Certified, wish: Partial<CertificateOptions> = {}) => certify({ subject: 'CN=leaf', dnsNames: [LIVE_NAME], by, keys: live.keys, ...wish });
const authorityBy = async (by: Certified | undefined, wish: Partial<CertificateOptions> = {}) => (
  certify({ subject: 'CN=Test EV CA 2', isAuthority: true, by, keys: intermediate.keys, ...wish })
);

describe('readChain', () => {
  test('returns the leaf, and only the authorities that can be its issuers', () => {
    const chain = readChain(pemOf(live), { intermediates: [intermediate.pem, ...KNOWN_INTERMEDIATES], roots: [...rootCertificates, root.pem] })!;

    expect(chain.leaf.subject).toBe(`CN=${LIVE_NAME}`);
    expect(chain.intermediates.map(({ subject }) => subject)).toEqual(['C=XX\nO=Test\nCN=Test EV CA']);
    expect(chain.roots.map(({ subject }) => subject)).toEqual(['C=XX\nO=Test\nCN=Test Root']);
  });

  test.each([
    ['an empty text', ''], ['a page', '<html>down for maintenance</html>'], ['an invalid certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
    ['an unclosed certificate', '-----BEGIN CERTIFICATE-----\nAAAA'],
  ])('finds no chain in %s', (_, text) => {
    expect(readChain(text, authorities())).toBeUndefined();
  });

  test('finds no chain if one of several certificates is invalid', () => {
    expect(readChain(`${live.pem}\n${intermediate.pem.replace('MI', 'NI')}`, authorities())).toBeUndefined();
  });

  test('finds no authority for a certificate if its issuer has no common name', async () => {
    const nameless = await certify({ subject: 'O=Test' });

    expect(readChain(nameless.pem, authorities())).toMatchObject({ intermediates: [], roots: [] });
  });

  test('reads at most the maximum number of certificates in a path', () => {
    const chain = readChain(pemOf(live, ...Array<Certified>(100).fill(intermediate)), authorities())!;

    expect(chain.intermediates).toHaveLength(4);
  });
});

describe('isTrusted', () => {
  test.each<[string, () => [string, Authorities]]>([
    ['the leaf with its issuer', () => [pemOf(live, intermediate), authorities()]],
    ['the leaf alone, if its issuer is a known intermediate', () => [pemOf(live), authorities({ intermediates: [intermediate.pem] })]],
    ['the leaf with its issuer and the root', () => [pemOf(live, intermediate, root), authorities()]],
    ['the issuers in another order', () => [pemOf(live, root, intermediate), authorities()]],
    ['text around the certificates', () => [`subject=a\n${pemOf(live)}\nissuer=b\n${pemOf(intermediate)}`, authorities()]],
  ])('trusts %s', (_, given) => {
    expect(trusts(...given())).toBe(true);
  });

  test.each<[string, () => [string, Authorities]]>([
    ['a leaf without its issuer', () => [pemOf(live), authorities()]],
    ['a leaf under an untrusted root', () => [pemOf(live, intermediate, root), authorities({ roots: [] })]],
    ['a known intermediate without a trusted root', () => [pemOf(live), authorities({ intermediates: [intermediate.pem], roots: [] })]],
    ['a root that came with the leaf', () => [pemOf(live, root, intermediate), authorities({ roots: [...rootCertificates] })]],
  ])('does not trust %s', (_, given) => {
    expect(trusts(...given())).toBe(false);
  });

  test('trusts a leaf that a root issued directly', async () => {
    expect(trusts(pemOf(await leafBy(root)))).toBe(true);
  });

  test('does not trust a self-signed certificate', async () => {
    const selfSigned = await certify({ subject: `CN=${LIVE_NAME}`, dnsNames: [LIVE_NAME], isAuthority: true });

    expect(trusts(selfSigned.pem)).toBe(false);
  });

  test('does not trust a leaf of an authority with a trusted name, but another key', async () => {
    const impostor = await certify({ subject: intermediate.subject, isAuthority: true });
    const forged = await leafBy(impostor);
    const otherKind = await leafBy(await certify({ subject: intermediate.subject, isAuthority: true, isElliptic: true }));

    expect([forged, otherKind].map((leaf) => trusts(pemOf(leaf, intermediate)))).toEqual([false, false]);
    expect([forged, otherKind].map((leaf) => trusts(pemOf(leaf, intermediate, impostor)))).toEqual([false, false]);
  });

  test('does not trust a leaf that another leaf issued', async () => {
    const byLeaf = await leafBy(live);

    expect(trusts(pemOf(byLeaf, live, intermediate))).toBe(false);
  });

  test('does not trust a leaf that names another issuer', async () => {
    const leaf = await leafBy({ ...intermediate, subject: 'CN=Another CA' });

    expect(trusts(pemOf(leaf, intermediate))).toBe(false);
  });

  test.each<[string, string, boolean]>([
    ['just before the start', '2025-12-31T23:59:59.999Z', false], ['at the start', '2026-01-01T00:00:00.000Z', true],
    ['just before the end', '2026-12-31T23:59:59.999Z', true], ['at the end', '2027-01-01T00:00:00.000Z', false],
  ])('trusts a certificate %s of its validity: %s', (_, now, isValid) => {
    expect(trusts(pemOf(live, intermediate), authorities(), new Date(now))).toBe(isValid);
  });

  test.each<[string, Partial<CertificateOptions>]>([['expired', { to: '2026-05-31T00:00:00Z' }], ['not yet valid', { from: '2026-07-31T00:00:00Z' }]])(
    'does not trust a leaf below an issuer or a root that is %s', async (_, validity) => {
      const staleIssuer = await authorityBy(root, validity);
      const staleRoot = await certify({ subject: root.subject, isAuthority: true, keys: root.keys, ...validity });

      expect(trusts(pemOf(await leafBy(staleIssuer), staleIssuer))).toBe(false);
      expect(trusts(pemOf(live, intermediate), authorities({ roots: [staleRoot.pem] }))).toBe(false);
    });

  test('uses the valid path if an issuer has two certificates', async () => {
    const expired = await certify({ subject: intermediate.subject, isAuthority: true, by: root, keys: intermediate.keys, to: '2026-02-01T00:00:00Z' });

    expect(trusts(pemOf(live, expired, intermediate))).toBe(true);
  });

  test('does not loop for issuers that certify each other', async () => {
    const first = await certify({ subject: 'CN=First', isAuthority: true });
    const second = await certify({ subject: 'CN=Second', isAuthority: true, by: first });
    const again = await certify({ subject: 'CN=First', isAuthority: true, by: second, keys: first.keys });

    expect(trusts(pemOf(await leafBy(again), again, second))).toBe(false);
  });

  test.each<[number, boolean]>([[4, true], [5, false]])('trusts a leaf under a root and %d issuers: %s', async (count, isExpected) => {
    let by = root;
    const issuers: Certified[] = [];
    for (let number = 0; number < count; number += 1) {
      by = await authorityBy(by, { subject: `CN=Issuer ${number}` });
      issuers.push(by);
    }

    const leaf = await leafBy(by);

    expect(trusts(pemOf(leaf, ...issuers.slice(-4)), authorities({ intermediates: [issuers[0].pem] }))).toBe(isExpected);
  });

  test.each<[string, readonly string[], boolean]>([
    ['the expected one', [LIVE_NAME], true], ['in capitals', [LIVE_NAME.toUpperCase()], true],
    ['another', [SANDBOX_NAME], false], ['a wildcard', ['*.paypal.com'], false], ['missing', [], false],
    ['longer', [`${LIVE_NAME}.example`], false], ['shorter', ['paypal.com'], false],
  ])('trusts a leaf if the alternative name is %s: %s', async (_, dnsNames, isExpected) => {
    const leaf = await certify({ subject: `CN=${LIVE_NAME}`, by: intermediate, dnsNames, keys: live.keys });

    expect(trusts(pemOf(leaf, intermediate))).toBe(isExpected);
  });
});

describe('the known authorities', () => {
  const certificates = (pems: readonly string[]) => pems.map((pem) => new X509Certificate(pem));
  const [g2, sha2] = certificates(KNOWN_INTERMEDIATES);
  const [highAssurance] = certificates(RETIRED_ROOTS);
  const about = ({ subject, validTo, fingerprint256, ca }: X509Certificate) => ({ name: /CN=(.*)/.exec(subject)![1], validTo, fingerprint256, ca });

  test.each([
    [g2, 'DigiCert EV RSA CA G2', 'Jul  2 12:42:50 2030 GMT',
      '95:88:EF:74:19:9E:45:AC:EF:CC:CF:C0:C4:70:10:E9:F2:A3:7A:1D:D4:4C:61:A4:E1:C6:B3:34:DA:5A:F6:14'],
    [sha2, 'DigiCert SHA2 Extended Validation Server CA', 'Oct 22 12:00:00 2028 GMT',
      '40:3E:06:2A:26:53:05:91:13:28:5B:AF:80:A0:D4:AE:42:2C:84:8C:9F:78:FA:D0:1F:C9:4B:C5:B8:7F:EF:1A'],
    [highAssurance, 'DigiCert High Assurance EV Root CA', 'Nov 10 00:00:00 2031 GMT',
      '74:31:E5:F4:C3:C1:CE:46:90:77:4F:0B:61:E0:54:40:88:3B:A9:A0:1E:D0:0B:A6:AB:D7:80:6E:D3:B1:18:CF'],
  ])('number %# is the public certificate with its validity', (certificate, name, validTo, fingerprint256) => {
    expect(about(certificate)).toEqual({ name, validTo, fingerprint256, ca: true });
  });

  test('are issued by a root of Node.js, or by the root that Node.js removes', () => {
    const isUnder = (certificate: X509Certificate, roots: readonly X509Certificate[]) => (
      roots.some((issuer) => certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey))
    );

    expect(isUnder(g2, certificates(rootCertificates))).toBe(true);
    expect(isUnder(sha2, [highAssurance])).toBe(true);
    expect(isUnder(highAssurance, [highAssurance])).toBe(true);
  });
});
