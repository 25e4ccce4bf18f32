import type { AuthorizedCall } from '../policy/evaluate';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** The response of AWS to a missing right: XML with 403 from S3, and an `AccessDeniedException` from the JSON services. */
export function denial(service: string, caller: string, { action, resource }: AuthorizedCall): Answer {
  const message = `${caller} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  return service === 's3'
    ? {
      status: 403,
      headers: { 'content-type': 'application/xml' },
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`,
    }
    : {
      status: service === 'sqs' ? 403 : 400,
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': 'AccessDeniedException' },
      body: JSON.stringify({ __type: 'com.amazon.coral.service#AccessDeniedException', message }),
    };
}
