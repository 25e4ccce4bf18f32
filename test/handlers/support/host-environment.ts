import Module from 'node:module';
import * as tls from 'node:tls';

const RealDate = Date;

/** Sets the current time of this process, in milliseconds; undefined for the real time. */
export function setTime(at: number | undefined): void {
  globalThis.Date = at === undefined ? RealDate : class extends RealDate {
    public static override now(): number {
      return at!;
    }

    constructor(...args: unknown[]) {
      super(...(args.length === 0 ? [at] : args) as [number]);
    }
  } as DateConstructor;
}

/** Adds a trusted authority. Replaces the module `node:tls`, because its list of trusted roots is read-only. */
export function trust(pem: string): void {
  const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
  const load = loader._load;
  const extended = { ...tls, rootCertificates: [...tls.rootCertificates, pem] };
  loader._load = (request, ...rest) => request === 'node:tls' ? extended : load.call(Module, request, ...rest);
}

/** Answers `fetch` with certificates, by their URLs. */
export function serveCertificates(certificates: ReadonlyMap<string, string>): void {
  globalThis.fetch = async (url) => {
    const pem = certificates.get(String(url));
    return pem === undefined ? new Response('', { status: 404 }) : new Response(pem);
  };
}
