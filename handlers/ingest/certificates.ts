import { rootCertificates } from 'node:tls';
import { KNOWN_INTERMEDIATES, RETIRED_ROOTS } from '../providers/shared/certificate-authorities';
import { readChain, type CertificateChain } from '../providers/shared/certificate-chain';
import type { CertificateSource } from '../providers/shared/scheme';

/**
 * With 2.5 seconds for the secrets and 2.2 seconds for the store, a webhook is
 * answered within 7 seconds. An instance waits for it once. If a provider times
 * out in the meantime, it retries the webhook, and the certificate is cached.
 */
const DEADLINE_MS = 2_000;
/** A certificate with its issuers has about 6 KB. */
const MAX_BYTES = 65_536;
/** The certificate at an address does not change. It is downloaded again in case it was withdrawn. */
const KEEP_MS = 24 * 3_600_000;
/** A provider has one or two certificates in use. */
const MAX_KEPT = 8;
/** The delay before a retry, for providers that use it. */
const MISS_MS = 30_000;
/**
 * After this number of misses in that time, only cached certificates are used.
 * An attacker could name another address in each webhook. Each would cause a
 * download, until the provider blocks the system.
 */
const MAX_MISSES = 20;
const OK = 200;
const NOT_FOUND = 404;

interface Entry {
  readonly answer: Promise<CertificateChain | undefined>;
  /** Whether the download failed, is pending, or found no certificate. */
  isMiss: boolean;
  until: number;
}

/** Downloads the certificates of providers that sign with one. The caller must have checked the address. */
export class CertificateCache {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly request: typeof fetch = async (...args) => fetch(...args)) {}

  /** Concurrent requests share one download. */
  async get(url: URL): Promise<CertificateChain | undefined> {
    this.dropExpired();
    const known = this.entries.get(url.href);
    if (known) {
      return known.answer;
    }
    if (this.addresses({ areMisses: true }).length >= MAX_MISSES) {
      throw certificateUnavailable();
    }
    const entry: Entry = { answer: this.fetchChain(url), isMiss: true, until: Infinity };
    this.entries.set(url.href, entry);
    entry.answer.then((chain) => this.settle(entry, chain === undefined), () => this.settle(entry, true));
    return entry.answer;
  }

  private settle(entry: Entry, isMiss: boolean): void {
    entry.isMiss = isMiss;
    entry.until = Date.now() + (isMiss ? MISS_MS : KEEP_MS);
    this.addresses({ areMisses: false }).slice(0, -MAX_KEPT).forEach((address) => this.entries.delete(address));
  }

  private dropExpired(): void {
    const now = Date.now();
    this.entries.forEach(({ until }, address) => now >= until && this.entries.delete(address));
  }

  /** In the order of the requests. */
  private addresses({ areMisses }: { readonly areMisses: boolean }): readonly string[] {
    return [...this.entries].filter(([, { isMiss }]) => isMiss === areMisses).map(([address]) => address);
  }

  private async fetchChain(url: URL): Promise<CertificateChain | undefined> {
    try {
      const response = await this.request(url, { redirect: 'error', signal: AbortSignal.timeout(DEADLINE_MS) });
      const text = await boundedText(response);
      return response.status === NOT_FOUND ? undefined : chainIn(response.status === OK ? text : '');
    } catch (error) {
      throw certificateUnavailable(error);
    }
  }
}

const cache = new CertificateCache();

export const fetchCertificate: CertificateSource = async (url) => cache.get(url);

/** Throws if there is no certificate, because an error page must not be cached for a day. */
function chainIn(text: string): CertificateChain {
  const chain = readChain(text, { intermediates: KNOWN_INTERMEDIATES, roots: [...rootCertificates, ...RETIRED_ROOTS] });
  if (!chain) {
    throw new Error('the response contains no certificate');
  }
  return chain;
}

async function boundedText({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > MAX_BYTES) {
      throw new Error('the response is too large');
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** Only its name is logged, because the sender chooses the address. */
function certificateUnavailable(cause?: unknown): Error {
  return Object.assign(new Error('a certificate could not be fetched', { cause }), { name: 'CertificateUnavailable' });
}
