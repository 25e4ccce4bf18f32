/**
 * Answers the calls of a webhook over TLS, in a process of its own, whose
 * processor time is not measured. Each service has a port of its own, so that each
 * needs a connection, as on AWS. The certificate is for this run only. Prints the
 * ports and the certificate as one line of JSON.
 */
import { webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/* eslint-disable @typescript-eslint/no-require-imports -- `@peculiar/x509` needs a polyfill of decorators' metadata before it is loaded */
Object.assign(Reflect, { getMetadata: () => undefined, getOwnMetadata: () => undefined });
const { BasicConstraintsExtension, cryptoProvider, SubjectAlternativeNameExtension, X509CertificateGenerator } = require('@peculiar/x509') as typeof import('@peculiar/x509');

/** The ports of the services. */
export interface StartedEndpoints {
  readonly dynamodb: number;
  readonly secretsManager: number;
  /** In PEM. */
  readonly cert: string;
}

const HOUR_MS = 3_600_000;
const [secret] = process.argv.slice(2);

async function start(): Promise<void> {
  cryptoProvider.set(webcrypto as never);
  const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    keys: keys as never,
    notBefore: new Date(Date.now() - HOUR_MS),
    notAfter: new Date(Date.now() + HOUR_MS),
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: [new BasicConstraintsExtension(true), new SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  });
  const exported = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const cert = certificate.toString('pem');
  const key = `-----BEGIN PRIVATE KEY-----\n${exported}\n-----END PRIVATE KEY-----\n`;
  const [dynamodb, secretsManager] = await Promise.all([
    portOf({ cert, key }, {}),
    portOf({ cert, key }, { SecretString: secret, CreatedDate: 0 }),
  ]);
  const started: StartedEndpoints = { dynamodb, secretsManager, cert };
  process.stdout.write(`${JSON.stringify(started)}\n`);
}

async function portOf(identity: { readonly cert: string; readonly key: string }, answer: object): Promise<number> {
  const server = createServer(identity, (request, response) => {
    request.resume().on('end', () => response.end(JSON.stringify(answer)));
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

void start();
