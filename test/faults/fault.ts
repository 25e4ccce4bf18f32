/** What can go wrong with a call of a function to AWS. */
export interface Fault {
  readonly name: FaultName;
  /** For the page: what happens to the call. */
  readonly description: string;
}

const DESCRIPTIONS = {
  'refused': 'nothing listens at the endpoint for a short time',
  'reset before': 'the connection is reset before AWS performs the call',
  'reset after': 'AWS performs the call, then the connection is reset',
  'truncated': 'AWS performs the call, and the connection ends within the headers or the body of the answer',
  'hanging headers': 'no answer arrives; AWS performs half of these calls',
  'hanging body': 'AWS performs the call, and the body of the answer stops after its first half',
  'throttled': "AWS answers with the service's throttling error and does not perform the call",
  'server error': "AWS answers with status 500 and the service's error; AWS performs half of these calls",
  'part failed': 'the answer has status 200 and says that a part of the request failed (`PutEvents`, `BatchGetItem`)',
  'killed before': 'the process is killed before AWS performs the call',
  'killed after': 'AWS performs the call, and the process is killed before the answer',
} as const;

export type FaultName = keyof typeof DESCRIPTIONS;

export const FAULTS = Object.entries(DESCRIPTIONS).map(([name, description]) => ({ name, description })) as readonly Fault[];

export const FAULT_NAMES: readonly FaultName[] = FAULTS.map(({ name }) => name);

/** The faults that end the process. */
export const KILLS: readonly FaultName[] = ['killed before', 'killed after'];

/** The operations that can fail in part. */
export const PARTIAL_OPERATIONS: readonly string[] = ['PutEvents', 'BatchGetItem'];

interface ErrorCodes { readonly throttled: readonly string[]; readonly server: string; readonly throttledStatus?: number }

const DYNAMODB: ErrorCodes = {
  throttled: ['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded'], server: 'InternalServerError',
};
/** The names of the errors, from the API reference of each service. S3 throttles with 503. */
const CODES: { readonly [operation: string]: ErrorCodes } = {
  Invoke: { throttled: ['TooManyRequestsException'], server: 'ServiceException', throttledStatus: 429 },
  GetSecretValue: { throttled: ['ThrottlingException'], server: 'InternalServiceError' },
  PutEvents: { throttled: ['ThrottlingException'], server: 'InternalException' },
  PutObject: { throttled: ['SlowDown'], server: 'InternalError', throttledStatus: 503 },
  SendMessage: { throttled: ['RequestThrottled'], server: 'InternalFailure' },
};

/** The status and the code of an error answer. */
export function errorOf(fault: 'throttled' | 'server error', operation: string, pick: (codes: readonly string[]) => string): readonly [status: number, code: string] {
  const { throttled, server, throttledStatus = 400 } = CODES[operation] ?? DYNAMODB;
  return fault === 'throttled' ? [throttledStatus, pick(throttled)] : [500, server];
}
