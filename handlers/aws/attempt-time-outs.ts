/** The time to connect, in milliseconds. */
const CONNECTION_MS = 1_000;

/** The settings of the SDK's HTTP handler that end an attempt. */
export interface AttemptTimeOuts {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly socketTimeout: number;
  readonly throwOnRequestTimeout: boolean;
}

/**
 * Ends each attempt of a call that gets no answer, in milliseconds. The request's
 * time-out ends with the headers of the answer. The socket's covers a body that
 * stops, which would otherwise last until the function's own time-out.
 */
export function attemptTimeOuts(millis: number): AttemptTimeOuts {
  return { connectionTimeout: CONNECTION_MS, requestTimeout: millis, socketTimeout: millis, throwOnRequestTimeout: true };
}
