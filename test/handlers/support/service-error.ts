/** An error of an AWS service. `code` is its name in the SDK. */
export class ServiceError extends Error {
  constructor(readonly code: string, message = 'no reason', readonly fields: object = {}) {
    super(message);
  }
}
