import type { IncomingHttpHeaders } from 'node:http';

/** A request from the SDK to AWS. */
export interface AwsRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The signer of a request, and the service that it is for. */
export interface Signature {
  readonly accessKeyId: string;
  readonly service: string;
}

/** Reads the credential scope of Signature Version 4 (https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html). */
export function signatureOf({ headers }: AwsRequest): Signature {
  const [, accessKeyId, service] = /Credential=([^/,]+)\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '') ?? [];
  if (accessKeyId === undefined) {
    throw new Error(`the request is not signed: ${headers.authorization}`);
  }
  return { accessKeyId, service };
}
